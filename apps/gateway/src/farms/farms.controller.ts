import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { KnownNames, unknownName } from '../figures/known-names.service.js';
import { List } from '../http/list.js';
import {
  farm,
  type Farm,
  farmFigures,
  farmList,
  type FarmList,
  farmParameter,
  farmQuery,
  type FarmQuery,
  farmsQuery,
  type FarmsQuery,
  leadPartyFigures,
  leadPartyList,
  type LeadPartyList,
  topQuery,
  type TopQuery,
} from './farm.dto.js';
import { FarmsService, mostFirst } from './farms.service.js';

/** Wind farms, each a BM unit, with their part of the curtailment of a day, month, year, or of all there is. */
@ApiTags('Farms')
@Controller('api')
export class FarmsController {
  constructor(
    private readonly farms: FarmsService,
    private readonly names: KnownNames,
  ) {}

  @Get('farms')
  @ApiOperation({ summary: 'Every wind farm' })
  @List(farmFigures, { description: 'Farms by id', list: farmList })
  async list(@Query({ schema: farmsQuery }) query: FarmsQuery): Promise<FarmList> {
    await this.names.requireMinerModel(query.minerModel);
    return await this.farms.farms(query);
  }

  @Get('farms/top')
  @ApiOperation({ summary: 'The farms with most curtailed energy, or most bitcoin of a miner model' })
  @List(farmFigures, { description: 'Farms, the most first', list: farmList })
  async top(@Query({ schema: topQuery }) query: TopQuery): Promise<FarmList> {
    await this.names.requireMinerModel(query.minerModel);
    const { items, ...rest } = await this.farms.farms(query, mostFirst(query.minerModel));
    return { items: items.slice(0, query.limit), ...rest };
  }

  @Get('farms/:farmId')
  @ApiOperation({ summary: 'One wind farm' })
  @ApiOkResponse({ description: 'Zeros where it was not curtailed', standardSchema: farm })
  async one(
    @Param({ schema: farmParameter }) { farmId }: { farmId: string },
    @Query({ schema: farmQuery }) query: FarmQuery,
  ): Promise<Farm> {
    await this.names.requireMinerModel(query.minerModel);
    const { items, nextCursor: _, ...rest } = await this.farms.farms(query);
    const found = items.find((item) => item.farmId === farmId);
    if (found !== undefined) return { ...found, ...rest };
    throw unknownName('unknown-farm', 'farmId', `There is no wind farm ${farmId}.`, 'listed by /api/farms');
  }

  @Get('lead-parties')
  @ApiOperation({ summary: 'Every company that answers for a wind farm' })
  @List(leadPartyFigures, { description: 'Lead parties by name', list: leadPartyList })
  async leadParties(@Query({ schema: farmsQuery }) query: FarmsQuery): Promise<LeadPartyList> {
    await this.names.requireMinerModel(query.minerModel);
    return await this.farms.leadParties(query);
  }
}
