import { Database, findMinerModelConstants } from '@app/database';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { format, List } from '../http/list.js';
import { type Page, wholeList } from '../http/page.js';

const minerModelsQuery = z.strictObject({ format });

const minerModel = z
  .object({
    minerModel: z.string().meta({ description: 'Name of the miner model', example: 'S19J_PRO' }),
    hashrateThs: z.number().meta({ description: 'Hashes, terahashes per second', example: 100 }),
    powerW: z.number().meta({ description: 'Power at the wall, W', example: 3050 }),
    source: z.string().meta({ description: 'Where the constants are from', example: 'Antminer S19j Pro 100 TH/s' }),
  })
  .meta({ id: 'MinerModel' });
type MinerModel = z.infer<typeof minerModel>;

/** The machines that potential bitcoin is calculated for. */
@ApiTags('Bitcoin')
@Controller('api/miner-models')
export class MinerModelsController {
  constructor(private readonly database: Database) {}

  @Get()
  @ApiOperation({ summary: 'Miner models and their constants' })
  @List(minerModel, { description: 'Every model that is calculated' })
  async list(@Query({ schema: minerModelsQuery }) _query: object): Promise<Page<MinerModel>> {
    const models = await findMinerModelConstants(this.database);
    return wholeList(
      models.map(({ hashrateThs, powerW, ...model }) => ({
        minerModel: model.minerModel,
        hashrateThs: Number(hashrateThs),
        powerW: Number(powerW),
        source: model.source,
      })),
    );
  }
}
