import { Controller, Inject, StreamableFile } from '@nestjs/common';
import type { SlacAttempt, SlacAttemptPage, SlacLive } from '@kerbside/contracts';
import { Endpoint, Input, type Valid } from '../http/endpoint.ts';
import { SlacService } from './slac.service.ts';

@Controller()
export class SlacController {
  readonly #slac: SlacService;

  constructor(@Inject(SlacService) slac: SlacService) {
    this.#slac = slac;
  }

  @Endpoint('getSlac')
  live(@Input() { params }: Valid<'getSlac'>): SlacLive {
    return this.#slac.live(params.id);
  }

  @Endpoint('listSlacAttempts')
  list(@Input() { params, query }: Valid<'listSlacAttempts'>): Promise<SlacAttemptPage> {
    return this.#slac.list(params.id, query);
  }

  @Endpoint('getSlacAttempt')
  attempt(@Input() { params }: Valid<'getSlacAttempt'>): Promise<SlacAttempt> {
    return this.#slac.attempt(params.id, params.attempt);
  }

  @Endpoint('getSlacPcap')
  async pcap(@Input() { params }: Valid<'getSlacPcap'>): Promise<StreamableFile> {
    const { bytes, name } = await this.#slac.pcap(params.id, params.attempt);
    return new StreamableFile(bytes, {
      type: 'application/vnd.tcpdump.pcap',
      disposition: `attachment; filename="${name}"`,
      length: bytes.length,
    });
  }
}
