import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * Lets half hours of wind generation that somebody added, changed or took away be told from those that were fetched. Sums alone
 * would not see two that were exchanged, nor a time of publication that keeps every later version out.
 */
export class TellAlteredWindGeneration1763801000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create view ingestion.wind_generation_sums as
        select settlement_date, count(*) as periods,
               count(*) filter (where onshore_mw is not null and offshore_mw is not null) as periods_loaded,
               sum(onshore_mw) * 0.5 as onshore_mwh, sum(offshore_mw) * 0.5 as offshore_mwh,
               md5(string_agg(row(settlement_period, trim_scale(onshore_mw), extract(epoch from onshore_published_at),
                                  trim_scale(offshore_mw), extract(epoch from offshore_published_at))::text, ''
                              order by settlement_period)) as content_hash
        from ingestion.wind_generation_data
        group by settlement_date;
      comment on view ingestion.wind_generation_sums is 'What the stored half hours of a day are; a day without any has no row';
      comment on column ingestion.wind_generation_sums.content_hash is 'Of all that is stored of them, whatever the settings of the session';
      grant select on ingestion.wind_generation_sums to windfall_reader;

      alter table ingestion.wind_generation_days add content_hash text;
      comment on column ingestion.wind_generation_days.content_hash is 'Of the half hours as the newest fetch left them; null while there are none. Where those stored have another, somebody altered them';
      -- What does not even add up is left without: the next fetch replaces it.
      update ingestion.wind_generation_days d set content_hash = s.content_hash
      from ingestion.wind_generation_sums s
      where s.settlement_date = d.settlement_date
        and (s.periods_loaded, s.onshore_mwh, s.offshore_mwh)
          is not distinct from (d.periods_loaded, d.onshore_mwh, d.offshore_mwh);

      grant delete on ingestion.wind_generation_data to windfall_ingestion;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke delete on ingestion.wind_generation_data from windfall_ingestion;
      alter table ingestion.wind_generation_days drop column content_hash;
      drop view ingestion.wind_generation_sums;
    `);
  }
}
