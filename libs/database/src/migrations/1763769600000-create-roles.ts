import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * One login role per service, so that "one writer, anyone may read" is kept by the database and not by good intentions.
 * Passwords are set by `migrate` from the services' own connection URLs; a role without one cannot log in.
 */
export class CreateRoles1763769600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$
      declare role_name text;
      begin
        -- Roles belong to the cluster, not to the database: another database may have made them already.
        perform pg_advisory_xact_lock(hashtext('windfall roles'));
        if not exists (select from pg_roles where rolname = 'windfall_reader') then
          create role windfall_reader nologin;
        end if;
        foreach role_name in array array['ingestion', 'calculator', 'aggregator', 'reconciler', 'gateway'] loop
          if not exists (select from pg_roles where rolname = 'windfall_' || role_name) then
            execute format('create role %I login', 'windfall_' || role_name);
          end if;
          execute format('grant windfall_reader to %I', 'windfall_' || role_name);
        end loop;
      end $$;

      -- A service is ready only on the schema it was built for.
      grant select on schema_migrations to windfall_reader;
    `);
  }

  async down(): Promise<void> {
    // Roles are shared by all databases of a cluster; dropping them here would break the others.
  }
}
