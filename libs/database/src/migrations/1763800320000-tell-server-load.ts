import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Lets the gateway tell how the server is doing, without making a service a member of a monitoring role. */
export class TellServerLoad1763800320000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function reconciliation.server_load()
      returns table (connections integer, max_connections integer, waiting integer, slow_statements integer)
        language sql stable security definer set search_path = pg_catalog, pg_temp as $$
        select (select count(*) from pg_stat_activity where backend_type = 'client backend'),
               current_setting('max_connections')::integer,
               (select count(distinct pid) from pg_locks where not granted),
               (select count(*) from pg_stat_activity
                where datname = current_database() and state = 'active' and now() - query_start > interval '5 seconds')
      $$;
      comment on function reconciliation.server_load is 'With the rights of the owner, who sees what all sessions do; it tells numbers only';
      revoke execute on function reconciliation.server_load from public;
      grant execute on function reconciliation.server_load to windfall_reader;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function reconciliation.server_load');
  }
}
