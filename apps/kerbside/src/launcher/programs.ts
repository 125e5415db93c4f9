import { fileURLToPath } from 'node:url';

export type ChildName = 'csms' | 'internet' | 'rig' | 'charger' | 'vehicle';

/** The programs that the launcher starts, each as a file for Node.js. */
export interface Programs extends Readonly<Record<ChildName, string>> {
  /** Runs `start` again with the same arguments, inside a user namespace. */
  readonly launcher: string;
}

const app = (name: string): string =>
  fileURLToPath(new URL(`../../../${name}/dist/main.js`, import.meta.url));

/** The programs of this installation, as built. */
export const builtPrograms: Programs = {
  launcher: app('kerbside'),
  csms: app('csms'),
  internet: fileURLToPath(new URL('../../dist/internet/main.js', import.meta.url)),
  rig: app('rig'),
  charger: app('charger'),
  vehicle: app('vehicle'),
};

/** Where data is kept unless told otherwise: `.kerbside` beside the sources. */
export const defaultData = fileURLToPath(new URL('../../../../.kerbside', import.meta.url));
