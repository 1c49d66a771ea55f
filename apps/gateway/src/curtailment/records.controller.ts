import { addFaultsOf, settlementDate } from '@app/contracts';
import { Database, findCurtailmentRecords, type ListedRecord } from '@app/database';
import { isSettlementDate, parsePeriods } from '@app/domain';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { farmFilter, farmId } from '../figures/farm-filter.js';
import { KnownNames } from '../figures/known-names.service.js';
import { format, List } from '../http/list.js';
import { cursorOf, limit, type Page, pageOf } from '../http/page.js';

/** What Postgres takes as one. */
const smallint = z.int().min(-32_768).max(32_767);

const recordsQuery = z
  .strictObject({
    date: settlementDate,
    period: z
      .string()
      .refine((text) => /^\d{1,9}$/.test(text), { error: 'It must be a whole number.', abort: true })
      .optional()
      .meta({ type: 'integer', description: 'Settlement period, from 1 to 46, 48 or 50; all when left out' }),
    farmId: farmFilter.farmId,
    cursor: cursorOf(z.tuple([smallint, farmId, z.int(), smallint, smallint])),
    limit,
    format,
  })
  .superRefine(({ date, period }, context) => {
    if (period === undefined || !isSettlementDate(date)) return;
    addFaultsOf(() => parsePeriods(period, date), context, ['period']);
  });
type RecordsQuery = z.infer<typeof recordsQuery>;

const asSent = 'with the digits that the source sent';

const record = z
  .object({
    settlementDate: z.iso.date().meta({ description: 'Settlement date', example: '2025-05-26' }),
    settlementPeriod: z.int().meta({ description: 'Settlement period, from 1', example: 12 }),
    farmId: z.string().meta({ description: 'Elexon BM unit id', example: 'T_VKNGW-1' }),
    leadParty: z
      .string()
      .nullable()
      .meta({ description: 'Company answering for it', example: 'Viking Energy Wind Farm LLP' }),
    side: z.literal('bid').meta({ description: 'Side of the settlement stack', example: 'bid' }),
    acceptanceId: z.int().nullable().meta({ description: 'Instruction of the system operator', example: 49242 }),
    bidOfferPairId: z.int().nullable().meta({ description: 'Price step that it touches', example: -1 }),
    volumeMwh: z.number().meta({ description: `Signed volume, MWh, ${asSent}`, example: -12.5 }),
    originalPriceGbpPerMwh: z.number().meta({ description: `Signed price, GBP per MWh, ${asSent}`, example: -64.2 }),
    soFlag: z.boolean().meta({ description: 'Taken for system reasons', example: true }),
    cadlFlag: z
      .boolean()
      .nullable()
      .meta({ description: 'Shorter than the continuous acceptance duration limit', example: null }),
    sourceCreatedAt: z.iso.datetime().nullable().meta({
      description: 'When the source calculated the version stored',
      example: '2025-05-26T06:15:00Z',
    }),
  })
  .meta({ id: 'CurtailmentRecord' });

/** The stored rows that every figure is summed from. */
@ApiTags('Curtailment')
@Controller('api/curtailment/records')
export class RecordsController {
  constructor(
    private readonly database: Database,
    private readonly names: KnownNames,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Curtailment records of a date' })
  @List<ListedRecord>(record, {
    description: 'Records by period, farm and acceptance',
    json: ({ json }) => json,
    fields: ({ record: fields }) => fields,
  })
  async list(@Query({ schema: recordsQuery }) query: RecordsQuery): Promise<Page<ListedRecord>> {
    const filter = await this.names.filterOf({ farmId: query.farmId });
    const settlementPeriod = query.period === undefined ? null : Number(query.period);
    const page = { after: query.cursor ?? null, limit: query.limit + 1 };
    const found = await findCurtailmentRecords(
      this.database,
      query.date,
      { settlementPeriod, farmId: filter.farmId },
      page,
    );
    return pageOf(found, query.limit, ({ position }) => position);
  }
}
