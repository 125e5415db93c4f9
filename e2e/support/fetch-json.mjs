// Prints what one or more addresses answer, as a JSON array: run inside a namespace.
const answers = [];
for (const address of process.argv.slice(2)) {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(10_000) });
    answers.push(await response.json());
  } catch (error) {
    answers.push({ error: error.cause?.code ?? error.name });
  }
}
console.log(JSON.stringify(answers));
