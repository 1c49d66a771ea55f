// Written by docs/generate-openapi.js from docs/openapi.json; not edited by hand.

export interface paths {
    "/api/summary/daily": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Summary of each day of a range */
        get: operations["Summaries.listDaily"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/summary/daily/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Summary of one day */
        get: operations["Summaries.daily"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/summary/monthly": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Summary of each month that a range touches */
        get: operations["Summaries.listMonthly"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/summary/monthly/{yearMonth}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Summary of one month */
        get: operations["Summaries.monthly"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/summary/yearly": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Summary of each year that a range touches */
        get: operations["Summaries.listYearly"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/summary/yearly/{year}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Summary of one year */
        get: operations["Summaries.yearly"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/curtailment/mining-potential": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mining potential of a day */
        get: operations["MiningPotential.daily"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/curtailment/monthly-mining-potential/{yearMonth}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mining potential of a month */
        get: operations["MiningPotential.monthly"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mining-potential/yearly/{year}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mining potential of a year */
        get: operations["MiningPotential.yearly"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/curtailment/half-hourly/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Each settlement period of a day */
        get: operations["HalfHourly.halfHourly"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/curtailment/hourly/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Each hour of a day */
        get: operations["HalfHourly.hourly"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/curtailment/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Curtailment records of a date */
        get: operations["Records.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/wind-generation/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Onshore and offshore wind generation in each settlement period of a day */
        get: operations["WindGeneration.windGeneration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/farms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every wind farm */
        get: operations["Farms.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/farms/top": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The farms with most curtailed energy, or most bitcoin of a miner model */
        get: operations["Farms.top"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/farms/{farmId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One wind farm */
        get: operations["Farms.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lead-parties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every company that answers for a wind farm */
        get: operations["Farms.leadParties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/miner-models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Miner models and their constants */
        get: operations["MinerModels.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/difficulty/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Difficulty and block subsidy in force on a date, with the retargets they come from */
        get: operations["Difficulty.daily"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/difficulty": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a retarget by hand; what it touches is calculated again */
        post: operations["Difficulty.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/difficulty/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fetch the retargets that are not known yet, and add them; what they touch is calculated again
         * @description From the server that `DIFFICULTY_SOURCE_URL` of the reconciler names; 501 without it. A retarget counts once six blocks are there. 502, and nothing is added, when the server does not answer or what it says cannot be believed.
         */
        post: operations["Difficulty.update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** State of each date of a range */
        get: operations["Coverage.coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Combinations, calculations and days that are there and that ought to be */
        get: operations["Status.status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/analysis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gaps with their causes and the commands that repair them, worst first */
        get: operations["Analysis.analyse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/diagnostics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Latency, load and reachability, with advice and a risk grade */
        get: operations["Diagnostics.diagnose"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/diagnostics/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connections and queries of three kinds, each several times */
        get: operations["Diagnostics.test"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/diagnostics/monitor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same once a second, as server-sent events */
        get: operations["Diagnostics.monitor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs, newest first */
        get: operations["Jobs.list"];
        put?: never;
        /** Submit a job, or with `plan=true` see what it would do */
        post: operations["Jobs.submit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job */
        get: operations["Jobs.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/jobs/{id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Dates of a job */
        get: operations["Jobs.items"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a job: queued dates end, running ones finish */
        post: operations["Jobs.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/jobs/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on with what an interrupted or failed job has not done */
        post: operations["Jobs.resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Verification reports, newest first */
        get: operations["Reports.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/reports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One verification report */
        get: operations["Reports.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compare what is stored of a date with the source */
        post: operations["Verifications.verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/verifications/random-dates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The random past dates that the weekly verification looks at
         * @description The same ones from one Wednesday, 03:00 in London, to the next, however often they are asked for.
         */
        get: operations["Verifications.randomDates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events that were given up, with the cause */
        get: operations["DeadLetters.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send dead letters again, once their cause is mended */
        post: operations["DeadLetters.replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Writes that were accepted or refused, and how jobs ended; newest first */
        get: operations["Audit.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the audit log is what was appended to it, and where not */
        get: operations["Audit.verify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reconciliation/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a job: server-sent events, since it came in or was resumed, or from after Last-Event-ID
         * @description An event `item` for each change of a date (`settlementDate`, `state`, `attempts`, `cause`, `before`, `after`, `at`) and `job` for each change of the job (`state`, `cause`, `totals`, `at`). Ids count from 1 without gaps. The stream begins where the job was queued last, and ends with the job; who comes back after that is answered 204.
         */
        get: operations["JobEvents.follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        DailySummary: {
            /**
             * Format: date
             * @description Settlement date
             * @example 2025-05-26
             */
            settlementDate: string;
            /**
             * @description The BM unit asked for
             * @example T_VKNGW-1
             */
            farmId?: string;
            /**
             * @description The lead party asked for
             * @example Viking Energy Wind Farm LLP
             */
            leadParty?: string;
            /**
             * @description Settlement periods of the day: 46, 48 or 50
             * @example 48
             */
            periodsExpected: number;
            /**
             * @description Settlement periods that were fetched
             * @example 48
             */
            periodsLoaded: number;
            /**
             * @description Stored curtailment records; null: nothing fetched
             * @example 4300
             */
            records: number | null;
            /**
             * @description Different periods and farms among them
             * @example 2200
             */
            combinations: number | null;
            /**
             * @description Energy not produced, MWh to 6 places; null: not fetched
             * @example 75000.906
             */
            curtailedMwh: number | null;
            /**
             * @description Net payment to the farms, GBP; negative when they paid to be switched off
             * @example 2310456.12
             */
            paymentGbp: number | null;
            /**
             * @description Sum of the sizes of the single payments, GBP
             * @example 2311000.1
             */
            absolutePaymentGbp: number | null;
            /**
             * @description Onshore wind generation of the whole country, MWh: the sum of what is known; null: nothing is, or some farms only
             * @example 61234.5
             */
            windOnshoreMwh: number | null;
            /**
             * @description Offshore wind generation, likewise
             * @example 140321.75
             */
            windOffshoreMwh: number | null;
            /**
             * @description Settlement periods of which both kinds of generation are known; null: some farms only
             * @example 48
             */
            windPeriodsLoaded: number | null;
            /**
             * @description Curtailed ÷ (onshore + offshore + curtailed), 0 to 1; null unless curtailment and both kinds of generation are known of the same half hours, all of each day
             * @example 0.271182
             */
            curtailedShare: number | null;
            /**
             * @description Bitcoin that each miner model could have made, 8 decimals; null: not known
             * @example {
             *       "M20S": "47.98401234",
             *       "S19J_PRO": "58.12345678",
             *       "S9": "18.08812345"
             *     }
             */
            potentialBtc: {
                [key: string]: string | null;
            };
            /**
             * @description absent: nothing fetched; partial: periods missing or a derivation lags; blocked: no difficulty; provisional: may still change; complete
             * @example complete
             * @enum {string}
             */
            state: "absent" | "partial" | "blocked" | "provisional" | "complete";
            /**
             * @description Grows whenever the figures change; null: none yet
             * @example 7
             */
            revision: number | null;
            /** @description What keeps the figures from being complete */
            missing: components["schemas"]["Missing"][];
        };
        Missing: {
            /**
             * @description Why it is missing
             * @example fetch-failed
             * @enum {string}
             */
            cause: "not-settled" | "not-fetched" | "fetch-failed" | "not-calculated" | "difficulty-missing" | "stale-revision" | "surplus-rows" | "summary-differs";
            /**
             * @description Settlement periods concerned; empty: not about single ones
             * @example [
             *       12,
             *       30
             *     ]
             */
            periods: number[];
            /**
             * @description A sentence, or the words of the source
             * @example HTTP 500, 5 attempts
             */
            detail: string;
            /**
             * @description Command that repairs it; null when waiting is all there is to do
             * @example windfall date 2025-05-26
             */
            repair: string | null;
        };
        MonthlySummary: {
            /**
             * @description Month, YYYY-MM
             * @example 2025-05
             */
            month: string;
            /**
             * @description The BM unit asked for
             * @example T_VKNGW-1
             */
            farmId?: string;
            /**
             * @description The lead party asked for
             * @example Viking Energy Wind Farm LLP
             */
            leadParty?: string;
            /**
             * @description Days of the calendar in it
             * @example 31
             */
            daysExpected: number;
            /**
             * @description Days that are complete
             * @example 31
             */
            daysComplete: number;
            /**
             * @description Energy not produced, MWh to 6 places; null: not fetched
             * @example 75000.906
             */
            curtailedMwh: number | null;
            /**
             * @description Net payment to the farms, GBP; negative when they paid to be switched off
             * @example 2310456.12
             */
            paymentGbp: number | null;
            /**
             * @description Sum of the sizes of the single payments, GBP
             * @example 2311000.1
             */
            absolutePaymentGbp: number | null;
            /**
             * @description Onshore wind generation of the whole country, MWh: the sum of what is known; null: nothing is, or some farms only
             * @example 61234.5
             */
            windOnshoreMwh: number | null;
            /**
             * @description Offshore wind generation, likewise
             * @example 140321.75
             */
            windOffshoreMwh: number | null;
            /**
             * @description Settlement periods of which both kinds of generation are known; null: some farms only
             * @example 48
             */
            windPeriodsLoaded: number | null;
            /**
             * @description Curtailed ÷ (onshore + offshore + curtailed), 0 to 1; null unless curtailment and both kinds of generation are known of the same half hours, all of each day
             * @example 0.271182
             */
            curtailedShare: number | null;
            /**
             * @description Bitcoin that each miner model could have made, 8 decimals; null: not known
             * @example {
             *       "M20S": "47.98401234",
             *       "S19J_PRO": "58.12345678",
             *       "S9": "18.08812345"
             *     }
             */
            potentialBtc: {
                [key: string]: string | null;
            };
            /**
             * @description absent: nothing fetched; partial: periods missing or a derivation lags; blocked: no difficulty; provisional: may still change; complete
             * @example complete
             * @enum {string}
             */
            state: "absent" | "partial" | "blocked" | "provisional" | "complete";
            /**
             * @description Grows whenever the figures change; null: none yet
             * @example 7
             */
            revision: number | null;
            /** @description What keeps the figures from being complete */
            missing: components["schemas"]["MissingDates"][];
        };
        MissingDates: {
            /**
             * @description Why it is missing
             * @example fetch-failed
             * @enum {string}
             */
            cause: "not-settled" | "not-fetched" | "fetch-failed" | "not-calculated" | "difficulty-missing" | "stale-revision" | "surplus-rows" | "summary-differs";
            /**
             * @description Settlement periods concerned; empty: not about single ones
             * @example [
             *       12,
             *       30
             *     ]
             */
            periods: number[];
            /**
             * @description A sentence, or the words of the source
             * @example HTTP 500, 5 attempts
             */
            detail: string;
            /**
             * @description Command that repairs it; null when waiting is all there is to do
             * @example windfall date 2025-05-26
             */
            repair: string | null;
            /**
             * Format: date
             * @description First settlement date concerned
             * @example 2025-05-12
             */
            from: string;
            /**
             * Format: date
             * @description Last settlement date concerned
             * @example 2025-05-13
             */
            to: string;
        };
        YearlySummary: {
            /**
             * @description Year
             * @example 2025
             */
            year: number;
            /**
             * @description The BM unit asked for
             * @example T_VKNGW-1
             */
            farmId?: string;
            /**
             * @description The lead party asked for
             * @example Viking Energy Wind Farm LLP
             */
            leadParty?: string;
            /**
             * @description Days of the calendar in it
             * @example 31
             */
            daysExpected: number;
            /**
             * @description Days that are complete
             * @example 31
             */
            daysComplete: number;
            /**
             * @description Energy not produced, MWh to 6 places; null: not fetched
             * @example 75000.906
             */
            curtailedMwh: number | null;
            /**
             * @description Net payment to the farms, GBP; negative when they paid to be switched off
             * @example 2310456.12
             */
            paymentGbp: number | null;
            /**
             * @description Sum of the sizes of the single payments, GBP
             * @example 2311000.1
             */
            absolutePaymentGbp: number | null;
            /**
             * @description Onshore wind generation of the whole country, MWh: the sum of what is known; null: nothing is, or some farms only
             * @example 61234.5
             */
            windOnshoreMwh: number | null;
            /**
             * @description Offshore wind generation, likewise
             * @example 140321.75
             */
            windOffshoreMwh: number | null;
            /**
             * @description Settlement periods of which both kinds of generation are known; null: some farms only
             * @example 48
             */
            windPeriodsLoaded: number | null;
            /**
             * @description Curtailed ÷ (onshore + offshore + curtailed), 0 to 1; null unless curtailment and both kinds of generation are known of the same half hours, all of each day
             * @example 0.271182
             */
            curtailedShare: number | null;
            /**
             * @description Bitcoin that each miner model could have made, 8 decimals; null: not known
             * @example {
             *       "M20S": "47.98401234",
             *       "S19J_PRO": "58.12345678",
             *       "S9": "18.08812345"
             *     }
             */
            potentialBtc: {
                [key: string]: string | null;
            };
            /**
             * @description absent: nothing fetched; partial: periods missing or a derivation lags; blocked: no difficulty; provisional: may still change; complete
             * @example complete
             * @enum {string}
             */
            state: "absent" | "partial" | "blocked" | "provisional" | "complete";
            /**
             * @description Grows whenever the figures change; null: none yet
             * @example 7
             */
            revision: number | null;
            /** @description What keeps the figures from being complete */
            missing: components["schemas"]["MissingDates"][];
        };
        DailyMiningPotential: {
            /**
             * Format: date
             * @description Settlement date
             * @example 2025-05-26
             */
            settlementDate: string;
            /**
             * @description The BM unit asked for
             * @example T_VKNGW-1
             */
            farmId?: string;
            /**
             * @description The lead party asked for
             * @example Viking Energy Wind Farm LLP
             */
            leadParty?: string;
            /**
             * @description The model asked for
             * @example null
             */
            minerModel: string | null;
            /**
             * @description Energy not produced, MWh to 6 places; null: not fetched
             * @example 75000.906
             */
            curtailedMwh: number | null;
            /**
             * @description Bitcoin that each miner model could have made, 8 decimals; null: not known
             * @example {
             *       "M20S": "47.98401234",
             *       "S19J_PRO": "58.12345678",
             *       "S9": "18.08812345"
             *     }
             */
            potentialBtc: {
                [key: string]: string | null;
            };
            /**
             * @description The price of one bitcoin that was given
             * @example null
             */
            price: number | null;
            /**
             * @description The currency of the price that was given
             * @example null
             */
            currency: string | null;
            /**
             * @description Bitcoin × price, 2 places: of the model asked for, or of each when none was; null without a price or without bitcoin
             * @example null
             */
            value: (number | null) | {
                [key: string]: number | null;
            };
            /**
             * @description absent: nothing fetched; partial: periods missing or a derivation lags; blocked: no difficulty; provisional: may still change; complete
             * @example complete
             * @enum {string}
             */
            state: "absent" | "partial" | "blocked" | "provisional" | "complete";
            /**
             * @description Grows whenever the figures change; null: none yet
             * @example 7
             */
            revision: number | null;
            /** @description Difficulty and subsidy in force, by period; none where nothing was calculated */
            mining: components["schemas"]["MiningEpoch"][];
            /** @description What keeps the figures from being complete */
            missing: components["schemas"]["Missing"][];
        };
        MiningEpoch: {
            /**
             * @description First settlement period
             * @example 1
             */
            fromPeriod: number;
            /**
             * @description Last settlement period
             * @example 48
             */
            toPeriod: number;
            /**
             * @description Network difficulty, no unit
             * @example 121658450774825
             */
            difficulty: string;
            /**
             * @description Subsidy of a block, BTC
             * @example 3.125
             */
            blockSubsidyBtc: string;
        };
        MonthlyMiningPotential: {
            /**
             * @description Month, YYYY-MM
             * @example 2025-05
             */
            month: string;
            /**
             * @description The BM unit asked for
             * @example T_VKNGW-1
             */
            farmId?: string;
            /**
             * @description The lead party asked for
             * @example Viking Energy Wind Farm LLP
             */
            leadParty?: string;
            /**
             * @description The model asked for
             * @example null
             */
            minerModel: string | null;
            /**
             * @description Energy not produced, MWh to 6 places; null: not fetched
             * @example 75000.906
             */
            curtailedMwh: number | null;
            /**
             * @description Bitcoin that each miner model could have made, 8 decimals; null: not known
             * @example {
             *       "M20S": "47.98401234",
             *       "S19J_PRO": "58.12345678",
             *       "S9": "18.08812345"
             *     }
             */
            potentialBtc: {
                [key: string]: string | null;
            };
            /**
             * @description The price of one bitcoin that was given
             * @example null
             */
            price: number | null;
            /**
             * @description The currency of the price that was given
             * @example null
             */
            currency: string | null;
            /**
             * @description Bitcoin × price, 2 places: of the model asked for, or of each when none was; null without a price or without bitcoin
             * @example null
             */
            value: (number | null) | {
                [key: string]: number | null;
            };
            /**
             * @description absent: nothing fetched; partial: periods missing or a derivation lags; blocked: no difficulty; provisional: may still change; complete
             * @example complete
             * @enum {string}
             */
            state: "absent" | "partial" | "blocked" | "provisional" | "complete";
            /**
             * @description Grows whenever the figures change; null: none yet
             * @example 7
             */
            revision: number | null;
            /** @description Difficulty and subsidy in force, by period; none where nothing was calculated */
            mining: components["schemas"]["DatedMiningEpoch"][];
            /** @description What keeps the figures from being complete */
            missing: components["schemas"]["MissingDates"][];
        };
        DatedMiningEpoch: {
            /**
             * @description First settlement period
             * @example 1
             */
            fromPeriod: number;
            /**
             * @description Last settlement period
             * @example 48
             */
            toPeriod: number;
            /**
             * @description Network difficulty, no unit
             * @example 121658450774825
             */
            difficulty: string;
            /**
             * @description Subsidy of a block, BTC
             * @example 3.125
             */
            blockSubsidyBtc: string;
            /**
             * Format: date
             * @description Settlement date of its first period
             * @example 2025-05-17
             */
            from: string;
            /**
             * Format: date
             * @description Settlement date of its last period
             * @example 2025-05-30
             */
            to: string;
        };
        YearlyMiningPotential: {
            /**
             * @description Year
             * @example 2025
             */
            year: number;
            /**
             * @description The BM unit asked for
             * @example T_VKNGW-1
             */
            farmId?: string;
            /**
             * @description The lead party asked for
             * @example Viking Energy Wind Farm LLP
             */
            leadParty?: string;
            /**
             * @description The model asked for
             * @example null
             */
            minerModel: string | null;
            /**
             * @description Energy not produced, MWh to 6 places; null: not fetched
             * @example 75000.906
             */
            curtailedMwh: number | null;
            /**
             * @description Bitcoin that each miner model could have made, 8 decimals; null: not known
             * @example {
             *       "M20S": "47.98401234",
             *       "S19J_PRO": "58.12345678",
             *       "S9": "18.08812345"
             *     }
             */
            potentialBtc: {
                [key: string]: string | null;
            };
            /**
             * @description The price of one bitcoin that was given
             * @example null
             */
            price: number | null;
            /**
             * @description The currency of the price that was given
             * @example null
             */
            currency: string | null;
            /**
             * @description Bitcoin × price, 2 places: of the model asked for, or of each when none was; null without a price or without bitcoin
             * @example null
             */
            value: (number | null) | {
                [key: string]: number | null;
            };
            /**
             * @description absent: nothing fetched; partial: periods missing or a derivation lags; blocked: no difficulty; provisional: may still change; complete
             * @example complete
             * @enum {string}
             */
            state: "absent" | "partial" | "blocked" | "provisional" | "complete";
            /**
             * @description Grows whenever the figures change; null: none yet
             * @example 7
             */
            revision: number | null;
            /** @description Difficulty and subsidy in force, by period; none where nothing was calculated */
            mining: components["schemas"]["DatedMiningEpoch"][];
            /** @description What keeps the figures from being complete */
            missing: components["schemas"]["MissingDates"][];
        };
        HalfHour: {
            /**
             * @description Settlement period, from 1
             * @example 12
             */
            settlementPeriod: number;
            /**
             * Format: date-time
             * @description When it begins
             * @example 2025-05-26T04:30:00Z
             */
            startAt: string;
            /**
             * @description Energy not produced, MWh to 6 places; null: not fetched
             * @example 75000.906
             */
            curtailedMwh: number | null;
            /**
             * @description Net payment to the farms, GBP; negative when they paid to be switched off
             * @example 2310456.12
             */
            paymentGbp: number | null;
            /**
             * @description Sum of the sizes of the single payments, GBP
             * @example 2311000.1
             */
            absolutePaymentGbp: number | null;
            /**
             * @description Onshore wind generation of the whole country, MWh: the sum of what is known; null: nothing is, or some farms only
             * @example 61234.5
             */
            windOnshoreMwh: number | null;
            /**
             * @description Offshore wind generation, likewise
             * @example 140321.75
             */
            windOffshoreMwh: number | null;
            /**
             * @description Settlement periods of which both kinds of generation are known; null: some farms only
             * @example 48
             */
            windPeriodsLoaded: number | null;
            /**
             * @description Curtailed ÷ (onshore + offshore + curtailed), 0 to 1; null unless curtailment and both kinds of generation are known of the same half hours, all of each day
             * @example 0.271182
             */
            curtailedShare: number | null;
            /**
             * @description Bitcoin that each miner model could have made, 8 decimals; null: not known
             * @example {
             *       "M20S": "47.98401234",
             *       "S19J_PRO": "58.12345678",
             *       "S9": "18.08812345"
             *     }
             */
            potentialBtc: {
                [key: string]: string | null;
            };
            /**
             * @description absent: nothing fetched; partial: periods missing or a derivation lags; blocked: no difficulty; provisional: may still change; complete
             * @example complete
             * @enum {string}
             */
            state: "absent" | "partial" | "blocked" | "provisional" | "complete";
            /**
             * @description Grows whenever the figures change; null: none yet
             * @example 7
             */
            revision: number | null;
            /** @description What keeps the figures from being complete */
            missing: components["schemas"]["Missing"][];
        };
        Hour: {
            /**
             * @description Hour of the clock in London, 0 to 23; on the long day it comes twice, on the short day one is left out
             * @example 5
             */
            localHour: number;
            /**
             * Format: date-time
             * @description When it begins
             * @example 2025-05-26T04:30:00Z
             */
            startAt: string;
            /**
             * @description Its first settlement period
             * @example 11
             */
            fromPeriod: number;
            /**
             * @description Its last settlement period
             * @example 12
             */
            toPeriod: number;
            /**
             * @description Energy not produced, MWh to 6 places; null: not fetched
             * @example 75000.906
             */
            curtailedMwh: number | null;
            /**
             * @description Net payment to the farms, GBP; negative when they paid to be switched off
             * @example 2310456.12
             */
            paymentGbp: number | null;
            /**
             * @description Sum of the sizes of the single payments, GBP
             * @example 2311000.1
             */
            absolutePaymentGbp: number | null;
            /**
             * @description Onshore wind generation of the whole country, MWh: the sum of what is known; null: nothing is, or some farms only
             * @example 61234.5
             */
            windOnshoreMwh: number | null;
            /**
             * @description Offshore wind generation, likewise
             * @example 140321.75
             */
            windOffshoreMwh: number | null;
            /**
             * @description Settlement periods of which both kinds of generation are known; null: some farms only
             * @example 48
             */
            windPeriodsLoaded: number | null;
            /**
             * @description Curtailed ÷ (onshore + offshore + curtailed), 0 to 1; null unless curtailment and both kinds of generation are known of the same half hours, all of each day
             * @example 0.271182
             */
            curtailedShare: number | null;
            /**
             * @description Bitcoin that each miner model could have made, 8 decimals; null: not known
             * @example {
             *       "M20S": "47.98401234",
             *       "S19J_PRO": "58.12345678",
             *       "S9": "18.08812345"
             *     }
             */
            potentialBtc: {
                [key: string]: string | null;
            };
            /**
             * @description absent: nothing fetched; partial: periods missing or a derivation lags; blocked: no difficulty; provisional: may still change; complete
             * @example complete
             * @enum {string}
             */
            state: "absent" | "partial" | "blocked" | "provisional" | "complete";
            /**
             * @description Grows whenever the figures change; null: none yet
             * @example 7
             */
            revision: number | null;
            /** @description What keeps the figures from being complete */
            missing: components["schemas"]["Missing"][];
        };
        CurtailmentRecord: {
            /**
             * Format: date
             * @description Settlement date
             * @example 2025-05-26
             */
            settlementDate: string;
            /**
             * @description Settlement period, from 1
             * @example 12
             */
            settlementPeriod: number;
            /**
             * @description Elexon BM unit id
             * @example T_VKNGW-1
             */
            farmId: string;
            /**
             * @description Company answering for it
             * @example Viking Energy Wind Farm LLP
             */
            leadParty: string | null;
            /**
             * @description Side of the settlement stack
             * @example bid
             * @enum {string}
             */
            side: "bid";
            /**
             * @description Instruction of the system operator
             * @example 49242
             */
            acceptanceId: number | null;
            /**
             * @description Price step that it touches
             * @example -1
             */
            bidOfferPairId: number | null;
            /**
             * @description Signed volume, MWh, with the digits that the source sent
             * @example -12.5
             */
            volumeMwh: number;
            /**
             * @description Signed price, GBP per MWh, with the digits that the source sent
             * @example -64.2
             */
            originalPriceGbpPerMwh: number;
            /**
             * @description Taken for system reasons
             * @example true
             */
            soFlag: boolean;
            /**
             * @description Shorter than the continuous acceptance duration limit
             * @example null
             */
            cadlFlag: boolean | null;
            /**
             * @description When the source calculated the version stored
             * @example 2025-05-26T06:15:00Z
             */
            sourceCreatedAt: string | null;
        };
        WindPeriod: {
            /**
             * @description Settlement period, from 1
             * @example 12
             */
            settlementPeriod: number;
            /**
             * Format: date-time
             * @description When it begins
             * @example 2025-05-26T04:30:00Z
             */
            startAt: string;
            /**
             * @description Mean power of all onshore wind farms, MW; null: not known
             * @example 7484.653
             */
            onshoreMw: number | null;
            /**
             * @description Mean power of all offshore wind farms, MW
             * @example 11711.9
             */
            offshoreMw: number | null;
            /**
             * @description Energy of the half hour, MWh: half of the mean power
             * @example 3742.3265
             */
            onshoreMwh: number | null;
            /**
             * @description Energy of the half hour, MWh
             * @example 5855.95
             */
            offshoreMwh: number | null;
            /**
             * @description absent: neither kind is known; partial: one is not, or the newest fetch failed; provisional: the source may still change it; complete
             * @example complete
             * @enum {string}
             */
            state: "absent" | "partial" | "blocked" | "provisional" | "complete";
            /**
             * @description Grows whenever the figures change; null: none yet
             * @example 7
             */
            revision: number | null;
            /** @description What keeps the figures from being complete */
            missing: components["schemas"]["WindMissing"][];
        };
        WindMissing: {
            /**
             * @description Why it is missing, or may be out of date
             * @example not-published
             * @enum {string}
             */
            cause: "not-fetched" | "fetch-failed" | "not-published";
            /**
             * @description A sentence, or the words of the source
             * @example HTTP 500, 5 attempts
             */
            detail: string;
            /**
             * @description Command that asks the source again
             * @example windfall wind-generation 2025-05-26
             */
            repair: string | null;
        };
        FarmFigures: {
            /**
             * @description Elexon BM unit id
             * @example T_VKNGW-1
             */
            farmId: string;
            /**
             * @description Name in the register
             * @example Viking Wind Farm
             */
            name: string | null;
            /**
             * @description Company answering for it now
             * @example Viking Energy Wind Farm LLP
             */
            leadParty: string | null;
            /**
             * @description Capacity in the register, MW
             * @example 443
             */
            generationCapacityMw: number | null;
            /**
             * @description Energy not produced, MWh to 6 places; null: not fetched
             * @example 75000.906
             */
            curtailedMwh: number | null;
            /**
             * @description Net payment to the farms, GBP; negative when they paid to be switched off
             * @example 2310456.12
             */
            paymentGbp: number | null;
            /**
             * @description Sum of the sizes of the single payments, GBP
             * @example 2311000.1
             */
            absolutePaymentGbp: number | null;
            /**
             * @description Bitcoin that each miner model could have made, 8 decimals; null: not known
             * @example {
             *       "M20S": "47.98401234",
             *       "S19J_PRO": "58.12345678",
             *       "S9": "18.08812345"
             *     }
             */
            potentialBtc: {
                [key: string]: string | null;
            };
            /**
             * @description Part of the curtailed energy of all farms, 0 to 1; null: nothing is known, or nothing was curtailed
             * @example 0.082145
             */
            shareOfTotal: number | null;
        };
        Farm: {
            /**
             * @description Elexon BM unit id
             * @example T_VKNGW-1
             */
            farmId: string;
            /**
             * @description Name in the register
             * @example Viking Wind Farm
             */
            name: string | null;
            /**
             * @description Company answering for it now
             * @example Viking Energy Wind Farm LLP
             */
            leadParty: string | null;
            /**
             * @description Capacity in the register, MW
             * @example 443
             */
            generationCapacityMw: number | null;
            /**
             * @description Energy not produced, MWh to 6 places; null: not fetched
             * @example 75000.906
             */
            curtailedMwh: number | null;
            /**
             * @description Net payment to the farms, GBP; negative when they paid to be switched off
             * @example 2310456.12
             */
            paymentGbp: number | null;
            /**
             * @description Sum of the sizes of the single payments, GBP
             * @example 2311000.1
             */
            absolutePaymentGbp: number | null;
            /**
             * @description Bitcoin that each miner model could have made, 8 decimals; null: not known
             * @example {
             *       "M20S": "47.98401234",
             *       "S19J_PRO": "58.12345678",
             *       "S9": "18.08812345"
             *     }
             */
            potentialBtc: {
                [key: string]: string | null;
            };
            /**
             * @description Part of the curtailed energy of all farms, 0 to 1; null: nothing is known, or nothing was curtailed
             * @example 0.082145
             */
            shareOfTotal: number | null;
            /**
             * @description First date; null: nothing was ever fetched
             * @example 2025-05-01
             */
            from: string | null;
            /**
             * @description Last date
             * @example 2025-05-31
             */
            to: string | null;
            /**
             * @description absent: nothing fetched; partial: periods missing or a derivation lags; blocked: no difficulty; provisional: may still change; complete
             * @example complete
             * @enum {string}
             */
            state: "absent" | "partial" | "blocked" | "provisional" | "complete";
            /**
             * @description Grows whenever the figures change; null: none yet
             * @example 7
             */
            revision: number | null;
            /** @description What keeps the figures from being complete */
            missing: components["schemas"]["MissingDates"][];
        };
        LeadPartyFigures: {
            /**
             * @description Company as the register writes it; null: it did not say
             * @example Viking Energy Wind Farm LLP
             */
            leadParty: string | null;
            /**
             * @description BM units it answers or answered for
             * @example [
             *       "T_VKNGW-1"
             *     ]
             */
            farmIds: string[];
            /**
             * @description Energy not produced, MWh to 6 places; null: not fetched
             * @example 75000.906
             */
            curtailedMwh: number | null;
            /**
             * @description Net payment to the farms, GBP; negative when they paid to be switched off
             * @example 2310456.12
             */
            paymentGbp: number | null;
            /**
             * @description Sum of the sizes of the single payments, GBP
             * @example 2311000.1
             */
            absolutePaymentGbp: number | null;
            /**
             * @description Bitcoin that each miner model could have made, 8 decimals; null: not known
             * @example {
             *       "M20S": "47.98401234",
             *       "S19J_PRO": "58.12345678",
             *       "S9": "18.08812345"
             *     }
             */
            potentialBtc: {
                [key: string]: string | null;
            };
            /**
             * @description Part of the curtailed energy of all farms, 0 to 1; null: nothing is known, or nothing was curtailed
             * @example 0.082145
             */
            shareOfTotal: number | null;
        };
        MinerModel: {
            /**
             * @description Name of the miner model
             * @example S19J_PRO
             */
            minerModel: string;
            /**
             * @description Hashes, terahashes per second
             * @example 100
             */
            hashrateThs: number;
            /**
             * @description Power at the wall, W
             * @example 3050
             */
            powerW: number;
            /**
             * @description Where the constants are from
             * @example Antminer S19j Pro 100 TH/s
             */
            source: string;
        };
        DailyDifficulty: {
            /**
             * Format: date
             * @description Settlement date
             * @example 2025-05-26
             */
            settlementDate: string;
            /** @description Successive periods with one difficulty and subsidy; none when some have no difficulty */
            mining: components["schemas"]["KnownMiningEpoch"][];
            /** @description Retargets of the Bitcoin network that were in force that day */
            retargets: components["schemas"]["Retarget"][];
            /**
             * @description absent: nothing fetched; partial: periods missing or a derivation lags; blocked: no difficulty; provisional: may still change; complete
             * @example complete
             * @enum {string}
             */
            state: "absent" | "partial" | "blocked" | "provisional" | "complete";
            /** @description Periods without a difficulty, and how to add one */
            missing: components["schemas"]["Missing"][];
        };
        KnownMiningEpoch: {
            /**
             * @description First settlement period
             * @example 1
             */
            fromPeriod: number;
            /**
             * @description Last settlement period
             * @example 48
             */
            toPeriod: number;
            /**
             * @description Network difficulty, no unit
             * @example 121658450774825
             */
            difficulty: string;
            /**
             * @description Subsidy of a block, BTC
             * @example 3.125
             */
            blockSubsidyBtc: string;
            /**
             * @description A retarget that is not known yet may have come before these periods
             * @example false
             */
            provisional: boolean;
        };
        Retarget: {
            /**
             * @description Block height of the retarget
             * @example 955584
             */
            height: number;
            /**
             * Format: date-time
             * @description Time of that block: the difficulty holds from here
             * @example 2026-06-28T04:11:09Z
             */
            fromAt: string;
            /**
             * @description Network difficulty, a whole number as text
             * @example 138966872071213
             */
            difficulty: string;
        };
        RetargetAddition: {
            /**
             * @description Block height of the retarget
             * @example 955584
             */
            height: number;
            /**
             * Format: date-time
             * @description Time of that block: the difficulty holds from here
             * @example 2026-06-28T04:11:09Z
             */
            fromAt: string;
            /**
             * @description Network difficulty, a whole number as text
             * @example 138966872071213
             */
            difficulty: string;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
        };
        AddedRetarget: {
            /**
             * @description Block height of the retarget
             * @example 955584
             */
            height: number;
            /**
             * Format: date-time
             * @description Time of that block: the difficulty holds from here
             * @example 2026-06-28T04:11:09Z
             */
            fromAt: string;
            /**
             * @description Network difficulty, a whole number as text
             * @example 138966872071213
             */
            difficulty: string;
            /**
             * @description False when it was known already
             * @example true
             */
            added: boolean;
        };
        DifficultyUpdate: {
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
        };
        UpdatedDifficulty: {
            /** @description Retargets that were not known, by height */
            added: components["schemas"]["Retarget"][];
            /** @description The newest retarget that is known now */
            newest: components["schemas"]["Retarget"];
        };
        Coverage: {
            /**
             * Format: date
             * @description Settlement date
             * @example 2025-05-26
             */
            settlementDate: string;
            /**
             * @description absent: nothing fetched; partial: periods missing or a derivation lags; blocked: no difficulty; provisional: may still change; complete
             * @example complete
             * @enum {string}
             */
            state: "absent" | "partial" | "blocked" | "provisional" | "complete";
            /**
             * @description Grows whenever the figures change; null: none yet
             * @example 7
             */
            revision: number | null;
            /**
             * @description Settlement periods of the day: 46, 48 or 50
             * @example 48
             */
            periodsExpected: number;
            /**
             * @description Settlement periods that were fetched
             * @example 46
             */
            periodsLoaded: number;
            /** @description What keeps the day from being complete */
            missing: components["schemas"]["Missing"][];
        };
        Status: {
            /**
             * @description Different dates, periods and farms among all records
             * @example 503978
             */
            combinations: number;
            /**
             * @description One per combination and miner model
             * @example 1511934
             */
            expectedCalculations: number;
            /**
             * @description Stored calculations
             * @example 1035073
             */
            actualCalculations: number;
            /**
             * @description Actual of expected, rounded down to 2 places; null when nothing is expected
             * @example 68.46
             */
            percentage: number | null;
            /** @description The same for each miner model */
            models: {
                /**
                 * @description Miner model
                 * @example S9
                 */
                minerModel: string;
                /**
                 * @description Calculations that ought to be there
                 * @example 503978
                 */
                expected: number;
                /**
                 * @description Calculations that are there
                 * @example 345021
                 */
                actual: number;
            }[];
            /** @description How many days are in each state */
            days: {
                /**
                 * @description Days that are complete
                 * @example 2100
                 */
                complete: number;
                /**
                 * @description Days that lack periods or derivations
                 * @example 3
                 */
                partial: number;
                /**
                 * @description Days without a difficulty
                 * @example 0
                 */
                blocked: number;
                /**
                 * @description Days that may still change
                 * @example 2
                 */
                provisional: number;
                /**
                 * @description Days that ought to be there and are not
                 * @example 0
                 */
                absent: number;
            };
            /** @description The newest of what is missing */
            newestGaps: components["schemas"]["Gap"][];
            /**
             * Format: date-time
             * @description When this was looked up
             * @example 2025-06-01T08:00:00.000Z
             */
            asOfAt: string;
        };
        Gap: {
            /**
             * Format: date
             * @description Settlement date
             * @example 2025-05-26
             */
            settlementDate: string;
            /**
             * @description Why it is missing
             * @example fetch-failed
             * @enum {string}
             */
            cause: "not-settled" | "not-fetched" | "fetch-failed" | "not-calculated" | "difficulty-missing" | "stale-revision" | "surplus-rows" | "summary-differs";
            /**
             * @description Settlement periods concerned; empty: not about single ones
             * @example [
             *       12,
             *       30
             *     ]
             */
            periods: number[];
            /**
             * @description A sentence, or the words of the source
             * @example HTTP 500, 5 attempts
             */
            detail: string;
            /**
             * @description Command that repairs it; null when waiting is all there is to do
             * @example windfall date 2025-05-26
             */
            repair: string | null;
        };
        AnalysedGap: {
            /**
             * Format: date
             * @description Settlement date
             * @example 2025-05-26
             */
            settlementDate: string;
            /**
             * @description Why there is a gap
             * @example not-calculated
             * @enum {string}
             */
            cause: "not-fetched" | "fetch-failed" | "not-calculated" | "difficulty-missing" | "stale-revision" | "surplus-rows" | "summary-differs" | "calculation-differs" | "ledger-differs";
            /**
             * @description Settlement periods concerned; empty: not about single ones
             * @example [
             *       12
             *     ]
             */
            periods: number[];
            /**
             * @description Calculations that are not there, as far as known
             * @example 63
             */
            missingCalculations: number;
            /**
             * @description Calculations that nothing accounts for
             * @example 0
             */
            surplusCalculations: number;
            /**
             * @description A sentence
             * @example 63 calculations are not there
             */
            detail: string;
            /**
             * @description Command that repairs it
             * @example windfall date 2025-05-26
             */
            repair: string;
        };
        Diagnostics: {
            /**
             * @description How much the work of the platform is in danger
             * @example low
             * @enum {string}
             */
            risk: "low" | "medium" | "high" | "critical";
            /** @description Everything out of the ordinary; none when all is well */
            findings: {
                /**
                 * @description What it is about
                 * @example database
                 * @enum {string}
                 */
                subject: "database" | "nats" | "difficulty" | "source" | "clock";
                /**
                 * @description How much the work of the platform is in danger
                 * @example low
                 * @enum {string}
                 */
                risk: "low" | "medium" | "high" | "critical";
                /**
                 * @description What is the matter, and what to do
                 * @example 2 sessions wait for a lock; see pg_blocking_pids for who holds it.
                 */
                advice: string;
            }[];
            /** @description What was measured */
            measured: {
                /** @description PostgreSQL; null: it cannot be reached */
                database: {
                    /**
                     * @description Milliseconds
                     * @example 1.25
                     */
                    connectMs: number;
                    /**
                     * @description Milliseconds
                     * @example 1.25
                     */
                    simpleMs: number;
                    /**
                     * @description Milliseconds
                     * @example 1.25
                     */
                    moderateMs: number;
                    /**
                     * @description Milliseconds
                     * @example 1.25
                     */
                    complexMs: number;
                    /**
                     * @description How many
                     * @example 0
                     */
                    connections: number;
                    /**
                     * @description How many
                     * @example 0
                     */
                    maxConnections: number;
                    /**
                     * @description How many
                     * @example 0
                     */
                    waiting: number;
                    /**
                     * @description How many
                     * @example 0
                     */
                    slowStatements: number;
                    /**
                     * @description How many
                     * @example 0
                     */
                    unpublished: number;
                } | null;
                /** @description Events not handled yet and given up; null: NATS cannot be reached */
                nats: {
                    /**
                     * @description How many
                     * @example 0
                     */
                    lag: number;
                    /**
                     * @description How many
                     * @example 0
                     */
                    deadLetters: number;
                } | null;
                /** @description The difficulty table; null: it cannot be read */
                difficulty: {
                    /**
                     * @description Milliseconds
                     * @example 1.25
                     */
                    ms: number;
                } | null;
                /** @description Elexon, asked at most once a minute; null: it cannot be reached */
                source: {
                    /**
                     * @description Milliseconds
                     * @example 1.25
                     */
                    ms: number;
                    /**
                     * @description How far our clock is ahead of the source, to a second; null: not known
                     * @example 400
                     */
                    clockSkewMs: number | null;
                } | null;
            };
            /** @description The gateway's own connections: open, unused, and reads that wait for one */
            pool: {
                /**
                 * @description How many
                 * @example 0
                 */
                open: number;
                /**
                 * @description How many
                 * @example 0
                 */
                idle: number;
                /**
                 * @description How many
                 * @example 0
                 */
                waiting: number;
            };
            /**
             * Format: date-time
             * @description When this was measured
             * @example 2025-06-01T08:00:00.000Z
             */
            asOfAt: string;
        };
        DiagnosticsTest: {
            /** @description A connection, three kinds of queries and the difficulty table, each several times */
            probes: {
                /**
                 * @description What was tried
                 * @example moderate
                 * @enum {string}
                 */
                name: "connect" | "simple" | "moderate" | "complex" | "difficulty";
                /**
                 * @description How many
                 * @example 0
                 */
                attempts: number;
                /**
                 * @description How many
                 * @example 0
                 */
                failed: number;
                /**
                 * @description Shortest time of those that succeeded, milliseconds; null: none did
                 * @example 1.25
                 */
                minMs: number | null;
                /**
                 * @description Middle time of those that succeeded, milliseconds; null: none did
                 * @example 1.25
                 */
                medianMs: number | null;
                /**
                 * @description Longest time of those that succeeded, milliseconds; null: none did
                 * @example 1.25
                 */
                maxMs: number | null;
            }[];
            /**
             * @description How much the work of the platform is in danger
             * @example low
             * @enum {string}
             */
            risk: "low" | "medium" | "high" | "critical";
            /** @description Everything out of the ordinary; none when all is well */
            findings: {
                /**
                 * @description What it is about
                 * @example database
                 * @enum {string}
                 */
                subject: "database" | "nats" | "difficulty" | "source" | "clock";
                /**
                 * @description How much the work of the platform is in danger
                 * @example low
                 * @enum {string}
                 */
                risk: "low" | "medium" | "high" | "critical";
                /**
                 * @description What is the matter, and what to do
                 * @example 2 sessions wait for a lock; see pg_blocking_pids for who holds it.
                 */
                advice: string;
            }[];
        };
        JobRequest: {
            /** @enum {string} */
            kind: "ingest";
            /**
             * Format: date
             * @description Settlement date, a day in Great Britain
             * @example 2025-05-26
             */
            date: string;
            /**
             * @description One settlement period or a range of them; all of the day when left out
             * @example 44-48
             */
            periods?: string;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "ingest-month";
            /**
             * @description Month of settlement dates, YYYY-MM
             * @example 2025-05
             */
            month: string;
            /**
             * Format: date
             * @description First date of the month to fetch; its first when left out
             * @example 2025-05-26
             */
            from?: string;
            /**
             * Format: date
             * @description Last date of the month to fetch; its last when left out
             * @example 2025-05-31
             */
            to?: string;
            /**
             * @description How many dates are worked on at once
             * @example 10
             */
            batchSize?: number;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "date";
            /**
             * Format: date
             * @description Settlement date, a day in Great Britain
             * @example 2025-05-26
             */
            date: string;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "range";
            /**
             * Format: date
             * @description First settlement date
             * @example 2025-05-26
             */
            from: string;
            /**
             * Format: date
             * @description Last settlement date, at most 366 days
             * @example 2025-05-31
             */
            to: string;
            /**
             * @description How many dates are worked on at once
             * @example 10
             */
            batchSize?: number;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "reconcile";
            /**
             * @description How many dates are worked on at once
             * @example 10
             */
            batchSize?: number;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "critical";
            /**
             * Format: date
             * @description Settlement date, a day in Great Britain
             * @example 2025-05-26
             */
            date: string;
            /**
             * @description One settlement period or a range of them; all of the day when left out
             * @example 44-48
             */
            periods?: string;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "most-critical";
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "sequence";
            /**
             * Format: date
             * @description Settlement date, a day in Great Britain
             * @example 2025-05-26
             */
            date: string;
            /**
             * @description How many periods are fetched at a time
             * @example 4
             */
            batchSize: number;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "spot-fix";
            /**
             * Format: date
             * @description Settlement date, a day in Great Britain
             * @example 2025-05-26
             */
            date: string;
            /**
             * @description Settlement period
             * @example 12
             */
            period: number;
            /**
             * @description Elexon BM unit id
             * @example T_VKNGW-1
             */
            farmId: string;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "daily-check";
            /**
             * @description How many dates, up to yesterday
             * @example 2
             */
            days?: number;
            /**
             * @description Fetch them in any case
             * @example false
             */
            force?: boolean;
            /**
             * @description How many dates are worked on at once
             * @example 10
             */
            batchSize?: number;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "calculate";
            /**
             * Format: date
             * @description First settlement date
             * @example 2025-05-26
             */
            from: string;
            /**
             * Format: date
             * @description Last settlement date; the first when left out
             * @example 2025-05-31
             */
            to?: string;
            /**
             * @description Miner model; all when left out
             * @example S9
             */
            minerModel?: string;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "summarize";
            /**
             * Format: date
             * @description First settlement date
             * @example 2025-05-26
             */
            from?: string;
            /**
             * Format: date
             * @description Last settlement date; the first when left out
             * @example 2025-05-31
             */
            to?: string;
            /**
             * @description Month of settlement dates, YYYY-MM
             * @example 2025-05
             */
            month?: string;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "fix";
            /**
             * Format: date
             * @description Settlement date, a day in Great Britain
             * @example 2025-05-26
             */
            date: string;
            /**
             * @description fixed: 1, 12, 24, 36 and the last; random: 10; progressive: fixed, then 10 more if any differs; full: all periods
             * @example progressive
             * @enum {string}
             */
            sampling?: "progressive" | "random" | "fixed" | "full";
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "force-fix";
            /**
             * Format: date
             * @description Settlement date, a day in Great Britain
             * @example 2025-05-26
             */
            date: string;
            /**
             * @description fixed: 1, 12, 24, 36 and the last; random: 10; progressive: fixed, then 10 more if any differs; full: all periods
             * @example progressive
             * @enum {string}
             */
            sampling?: "progressive" | "random" | "fixed" | "full";
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "difficulty-mismatch";
            /**
             * @description Mend what is found; it is only told when left out
             * @example false
             */
            apply?: boolean;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "bmu-mapping";
            /**
             * @description Mend what is found; it is only told when left out
             * @example false
             */
            apply?: boolean;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        } | {
            /** @enum {string} */
            kind: "wind-generation";
            /**
             * Format: date
             * @description First settlement date
             * @example 2025-05-26
             */
            from: string;
            /**
             * Format: date
             * @description Last settlement date; the first when left out
             * @example 2025-05-31
             */
            to?: string;
            /**
             * @description How many dates are worked on at once
             * @example 10
             */
            batchSize?: number;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
            /**
             * @description What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise
             * @example queue
             * @enum {string}
             */
            onConflict?: "fail" | "queue";
            /** @description Of the plan this is to carry out; refused with 409 when the world has moved since */
            planHash?: string;
        };
        JobPlan: {
            /**
             * @description What is done for each date
             * @example range
             */
            kind: string;
            /**
             * @description The request, without its kind
             * @example {
             *       "from": "2025-05-01",
             *       "to": "2025-05-10"
             *     }
             */
            arguments: {
                [key: string]: unknown;
            };
            /** @description Dates, in the order in which they would be begun */
            items: components["schemas"]["PlannedItem"][];
            totals: components["schemas"]["JobPlanTotals"];
            /**
             * @description What was found on the way, where the kind looks for something
             * @example null
             */
            result: {
                [key: string]: unknown;
            } | null;
            /**
             * @description Give it with the request to carry out this plan and no other
             * @example mb3k2f9s-5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef
             */
            planHash: string;
        };
        PlannedItem: {
            /**
             * Format: date
             * @description Settlement date
             * @example 2025-05-26
             */
            settlementDate: string;
            /**
             * @description Of the day as it is now
             * @example partial
             * @enum {string}
             */
            state: "absent" | "partial" | "blocked" | "provisional" | "complete";
            /**
             * @description What the day lacks now; empty when nothing
             * @example [
             *       "not-calculated"
             *     ]
             */
            causes: string[];
            /**
             * @description What would be done, in order. A step that says `"when": "differs"` or verifies as a `"proof"` depends on what comes before it
             * @example [
             *       {
             *         "do": "calculate",
             *         "when": "checked",
             *         "only": null
             *       }
             *     ]
             */
            steps: components["schemas"]["PlannedStep"][];
            /**
             * @description Job that holds the date now; null when it is free
             * @example null
             */
            holder: {
                /**
                 * Format: uuid
                 * @description Job that holds the date
                 * @example 0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20
                 */
                jobId: string;
                /**
                 * @description Its kind
                 * @example range
                 */
                kind: string;
            } | null;
        };
        PlannedStep: {
            /**
             * @description What is done; further fields say how
             * @example calculate
             * @enum {string}
             */
            do: "ingest" | "calculate" | "aggregate" | "verify" | "fetch-wind-generation" | "compare-register";
        } & {
            [key: string]: unknown;
        };
        JobPlanTotals: {
            /**
             * @description Dates of the job
             * @example 10
             */
            items: number;
            /**
             * @description Dates that would be asked of the source
             * @example 2
             */
            fetched: number;
            /**
             * @description Dates that would be compared with the source
             * @example 0
             */
            verified: number;
            /**
             * @description Dates whose calculations or summaries would be compared
             * @example 10
             */
            derived: number;
        };
        Job: {
            /**
             * Format: uuid
             * @description Name of the job
             * @example 0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20
             */
            id: string;
            /**
             * @description What is done for each date
             * @example range
             */
            kind: string;
            /**
             * @description A failed or blocked item makes the job failed, once all items have ended
             * @example running
             * @enum {string}
             */
            state: "queued" | "running" | "completed" | "failed" | "cancelled";
            /**
             * @description The request as it was accepted, without its kind
             * @example {
             *       "from": "2025-05-01",
             *       "to": "2025-05-10",
             *       "batchSize": 5
             *     }
             */
            arguments: {
                [key: string]: unknown;
            };
            totals: components["schemas"]["JobTotals"];
            /** @description Why the job failed; null otherwise */
            cause: components["schemas"]["JobCause"] | null;
            /**
             * @description Of the verification report, where the kind makes one
             * @example null
             */
            reportId: string | null;
            /**
             * @description What the job found, where the kind looks for something: most-critical, difficulty-mismatch, bmu-mapping
             * @example null
             */
            result: {
                [key: string]: unknown;
            } | null;
            /**
             * @description Id of the operator key, or of the schedule
             * @example operator
             */
            requestedBy: string;
            /**
             * @description As given with the request
             * @example null
             */
            reason: string | null;
            /**
             * Format: date-time
             * @description When it was accepted
             * @example 2025-06-01T08:00:00.000Z
             */
            createdAt: string;
            /**
             * @description When its first date began
             * @example 2025-06-01T08:00:00.100Z
             */
            startedAt: string | null;
            /**
             * Format: date-time
             * @description When anything of it last changed
             * @example 2025-06-01T08:00:04.000Z
             */
            updatedAt: string;
            /**
             * @description When its last date ended
             * @example null
             */
            endedAt: string | null;
        };
        /** @description How many of its dates are where */
        JobTotals: {
            /**
             * @description Dates of the job
             * @example 10
             */
            items: number;
            /**
             * @description Dates that are done
             * @example 4
             */
            completed: number;
            /**
             * @description Dates that failed for good
             * @example 0
             */
            failed: number;
            /**
             * @description Dates that wait for a difficulty
             * @example 0
             */
            blocked: number;
            /**
             * @description Dates that were cancelled before they began
             * @example 0
             */
            cancelled: number;
            /**
             * @description Dates that ran out of time
             * @example 0
             */
            timeouts: number;
        };
        JobCause: {
            /**
             * @description Of the closed list of error codes
             * @example source-unavailable
             */
            code: string;
            /**
             * @description A sentence for people
             * @example HTTP 500, 5 attempts
             */
            detail: string;
            /**
             * @description Settlement periods concerned, if any
             * @example [
             *       12,
             *       30
             *     ]
             */
            periods: number[];
        };
        JobItem: {
            /**
             * Format: date
             * @description Settlement date worked on
             * @example 2025-05-26
             */
            settlementDate: string;
            /**
             * @description waiting: another job holds the date
             * @example completed
             * @enum {string}
             */
            state: "queued" | "waiting" | "running" | "completed" | "failed" | "blocked" | "cancelled";
            /**
             * @description How often it was begun
             * @example 1
             */
            attempts: number;
            /** @description Why it failed, waits or is blocked; null otherwise */
            cause: components["schemas"]["JobCause"] | null;
            /** @description Before the work; null until it began */
            before: components["schemas"]["JobItemFigures"] | null;
            /** @description After the work; null until it ended */
            after: components["schemas"]["JobItemFigures"] | null;
            /**
             * @description When it first began
             * @example 2025-06-01T08:00:00.100Z
             */
            startedAt: string | null;
            /**
             * @description When it ended
             * @example 2025-06-01T08:00:04.000Z
             */
            endedAt: string | null;
        };
        JobItemFigures: {
            /**
             * @description Of the ingested day
             * @example 7
             */
            revision: number | null;
            /**
             * @description Stored curtailment records
             * @example 4300
             */
            records: number | null;
            /**
             * @description Curtailed energy, MWh
             * @example 75000.906
             */
            curtailedMwh: number | null;
            /**
             * @description Stored calculations of all miner models
             * @example 6600
             */
            calculations: number | null;
        };
        JobOrder: {
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
        };
        VerificationReport: {
            /**
             * Format: uuid
             * @description Id of the report
             * @example 0d8ee1a4-6f3f-4b87-a2b5-8f2f2d1a9c11
             */
            id: string;
            /**
             * Format: uuid
             * @description Job that asked for it
             * @example 0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20
             */
            jobId: string;
            /**
             * Format: date
             * @description Settlement date compared
             * @example 2025-05-26
             */
            settlementDate: string;
            /**
             * @description fixed: 1, 12, 24, 36 and the last; random: 10; progressive: fixed, then 10 more if any differs; full: all periods
             * @example progressive
             * @enum {string}
             */
            sampling: "progressive" | "random" | "fixed" | "full";
            /**
             * @description differs: some period does; unknown: none is known to, and some could not be compared
             * @example differs
             * @enum {string}
             */
            outcome: "same" | "differs" | "unknown";
            /**
             * @description Whether some period differs
             * @example true
             */
            differs: boolean;
            /**
             * @description What the compared periods prove of the whole day
             * @example 15 of 48 periods agree; with 95 % confidence fewer than 8 differ.
             */
            confidence: string;
            /** @description Each period that was looked at, in order */
            periods: components["schemas"]["ComparedPeriod"][];
            /** @description The day before a repair; null when nothing was repaired */
            before: components["schemas"]["RepairedDay"] | null;
            /** @description The day after it */
            after: components["schemas"]["RepairedDay"] | null;
            /**
             * @description Command that repairs it; null when nothing differs
             * @example windfall fix 2025-05-26
             */
            repair: string | null;
            /**
             * Format: date-time
             * @description When it was found
             * @example 2025-06-01T08:00:04.000Z
             */
            createdAt: string;
        };
        ComparedPeriod: {
            /**
             * @description Settlement period
             * @example 12
             */
            settlementPeriod: number;
            /**
             * @description failed: the source could not be read, so nobody knows
             * @example differs
             * @enum {string}
             */
            outcome: "same" | "differs" | "failed";
            /** @description What is stored; null when nothing ever was */
            stored: components["schemas"]["PeriodFigures"] | null;
            /** @description What the source says; null when it could not be read */
            source: components["schemas"]["PeriodFigures"] | null;
            /**
             * @description What differs, or why it could not be compared
             * @example 1 row missing: T_VKNGW-1.
             */
            detail: string | null;
        };
        PeriodFigures: {
            /**
             * @description Accepted bid rows that are curtailment
             * @example 90
             */
            records: number;
            /**
             * @description Curtailed energy, MWh
             * @example 1562.518875
             */
            curtailedMwh: number;
            /**
             * @description Payment, GBP; positive is paid to the farms
             * @example 48134.5
             */
            paymentGbp: number;
        };
        RepairedDay: {
            /**
             * @description Of the ingested day
             * @example 7
             */
            revision: number | null;
            /**
             * @description Stored curtailment records
             * @example 4300
             */
            records: number | null;
            /**
             * @description Curtailed energy, MWh
             * @example 75000.906
             */
            curtailedMwh: number | null;
            /**
             * @description Stored calculations of all miner models
             * @example 6600
             */
            calculations: number | null;
            /** @description What a verification found; null when the repair did not look first */
            outcome: ("same" | "differs" | "unknown") | null;
            /** @description What that proved of the whole day; null likewise */
            confidence: string | null;
            /** @description Each period that was looked at, in order */
            periods: components["schemas"]["ComparedPeriod"][];
        };
        Verification: {
            /**
             * Format: date
             * @description Settlement date; today when left out
             * @example 2025-05-26
             */
            date?: string;
            /**
             * @description fixed: 1, 12, 24, 36 and the last; random: 10; progressive: fixed, then 10 more if any differs; full: all periods
             * @example progressive
             * @enum {string}
             */
            sampling?: "progressive" | "random" | "fixed" | "full";
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
        };
        RandomDates: {
            /**
             * Format: date
             * @description London date of the weekly run they are of
             * @example 2025-06-11
             */
            runDate: string;
            /** @description Dates of which something is stored, newest first */
            settlementDates: string[];
        };
        DeadLetter: {
            /**
             * @description Its place among the dead letters, which no other ever gets
             * @example 17
             */
            sequence: number;
            /**
             * @description Consumer that gave it up, named after service and event
             * @example calculator_curtailment-ingested_v1
             */
            durable: string;
            /**
             * @description Subject that it came on
             * @example curtailment.ingested.v1
             */
            subject: string;
            /**
             * @description Id of the event; null when it cannot be read
             * @example curtailment.ingested:2025-05-26:7
             */
            eventId: string | null;
            /**
             * @description Settlement date that it is about, first/last of several; null when it cannot be read
             * @example 2025-05-26
             */
            settlementDates: string | null;
            cause: components["schemas"]["DeadLetterCause"];
            /**
             * @description How often it was tried
             * @example 10
             */
            attempts: number;
            /**
             * Format: date-time
             * @description When it was given up
             * @example 2025-06-01T08:00:00.000Z
             */
            diedAt: string;
        };
        /** @description Why it was given up */
        DeadLetterCause: {
            /**
             * @description Of the error that ended the last attempt
             * @example unreadable
             */
            code: string;
            /**
             * @description What it said
             * @example Not JSON
             */
            detail: string;
        };
        DeadLetterReplay: {
            /**
             * @description Only this one
             * @example 17
             */
            sequence?: number;
            /**
             * @description Only those that this consumer gave up
             * @example calculator_curtailment-ingested_v1
             */
            durable?: string;
            /**
             * @description All there are
             * @example true
             * @enum {boolean}
             */
            all?: true;
            /**
             * @description Why, in the words of whoever asks; it is kept
             * @example The source corrected period 12
             */
            reason?: string;
        };
        DeadLettersReplayed: {
            /**
             * @description How many were sent again, at most 200 at once
             * @example 1
             */
            replayed: number;
            /**
             * @description Whether more of them may be left: ask again
             * @example false
             */
            left: boolean;
        };
        AuditRow: {
            /**
             * @description Place in the log, from 1 without gaps
             * @example 42
             */
            sequence: number;
            /**
             * Format: date-time
             * @description When
             * @example 2025-06-01T08:00:00.000Z
             */
            at: string;
            /**
             * @description What
             * @example submit-job
             * @enum {string}
             */
            action: "submit-job" | "cancel-job" | "resume-job" | "end-job" | "add-difficulty" | "update-difficulty" | "replay-dead-letters";
            /**
             * @description Who: id of the operator key, or of the schedule
             * @example night
             */
            requestedBy: string;
            /**
             * @description With which arguments
             * @example {
             *       "kind": "date",
             *       "date": "2025-05-26"
             *     }
             */
            arguments: {
                [key: string]: unknown;
            };
            /**
             * @description Why, as given with the request
             * @example null
             */
            reason: string | null;
            /**
             * @description Of the plan that it was to follow
             * @example null
             */
            planHash: string | null;
            /**
             * @description Job that it is about
             * @example 0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20
             */
            jobId: string | null;
            /**
             * @description What came of it; unchanged: accepted, and there was nothing to do; the last three: how the job ended
             * @example accepted
             * @enum {string}
             */
            outcome: "accepted" | "unchanged" | "refused" | "completed" | "failed" | "cancelled";
            /** @description Why it was refused or failed; null otherwise */
            cause: {
                /**
                 * @description Of the closed list of error codes
                 * @example date-held
                 */
                code: string;
                /**
                 * @description A sentence
                 * @example 2025-05-26 is held by another job.
                 */
                detail: string;
            } | null;
            /**
             * @description SHA-256 of what the dates of an ended job held before it
             * @example null
             */
            beforeDigest: string | null;
            /**
             * @description The same after it: equal when it changed nothing
             * @example null
             */
            afterDigest: string | null;
            /**
             * @description Hash of the row before
             * @example 0000000000000000000000000000000000000000000000000000000000000000
             */
            previousHash: string;
            /**
             * @description SHA-256 of this row, the hash before included
             * @example aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
             */
            hash: string;
        };
        AuditVerification: {
            /**
             * @description Whether every row is there, in order and as it was appended
             * @example true
             */
            intact: boolean;
            /**
             * @description Rows found sound, from the first on
             * @example 42
             */
            rows: number;
            /**
             * @description Newest row, as noted apart from the log
             * @example 42
             */
            headSequence: number;
            /**
             * @description Its hash: who keeps it elsewhere can tell later whether the log was rewritten as a whole
             * @example aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
             */
            headHash: string;
            break: components["schemas"]["AuditBreak"];
            /**
             * Format: date-time
             * @description When this was found
             * @example 2025-06-01T08:00:00.000Z
             */
            verifiedAt: string;
        };
        /** @description Where the chain is broken; null when it is intact */
        AuditBreak: {
            /**
             * @description Place of the first fault
             * @example 17
             */
            sequence: number;
            /**
             * @description cut: rows are missing at the end; surplus: rows that nobody appended
             * @example altered
             * @enum {string}
             */
            kind: "altered" | "removed" | "cut" | "surplus";
            /**
             * @description A sentence
             * @example Row 17 is not what its hash was made of.
             */
            detail: string;
        } | null;
        Problem: {
            /**
             * @description Names the kind of problem
             * @example urn:windfall:problem:unknown-farm
             */
            type: string;
            /**
             * @description The kind in words
             * @example Unknown farm
             */
            title: string;
            /**
             * @description HTTP status
             * @example 404
             */
            status: number;
            /**
             * @description What happened
             * @example No BM unit T_NOSUCH-1 is in the register.
             */
            detail: string;
            /**
             * @description Path that was asked for
             * @example /api/farms/T_NOSUCH-1
             */
            instance: string;
            /**
             * @description The kind, for programs; of a closed list
             * @example unknown-farm
             */
            code: string;
            /**
             * @description In the logs
             * @example 0b7c1a52-2f0a-4c55-9a51-3b1c1b4f9d10
             */
            requestId: string;
            /** @description Fault of each field, where the request has any */
            errors?: components["schemas"]["FieldFault"][];
            /** @description With 409 `date-held`: who holds the date */
            holder?: components["schemas"]["DateHolder"];
            /** @description With 409 `plan-outdated`: up to ten dates that were worked on since the plan, newest first */
            changes?: components["schemas"]["PlannedDateMoved"][];
        };
        FieldFault: {
            /**
             * @description Name of the field, dotted where nested
             * @example date
             */
            field: string;
            /**
             * @description What is wrong with it
             * @example "26/05/2025" is not a settlement date
             */
            detail: string;
            /**
             * @description What it may be
             * @example YYYY-MM-DD
             */
            allowed: string | null;
        };
        DateHolder: {
            /**
             * Format: uuid
             * @description Job that holds the date
             * @example 0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20
             */
            jobId: string;
            /**
             * @description Its kind
             * @example range
             */
            kind: string;
            /**
             * Format: date
             * @description The date held
             * @example 2025-05-26
             */
            settlementDate: string;
            /**
             * Format: date-time
             * @description Since when
             * @example 2025-06-01T08:00:00.100Z
             */
            sinceAt: string;
        };
        PlannedDateMoved: {
            /**
             * Format: date
             * @description Settlement date
             * @example 2025-05-26
             */
            settlementDate: string;
            /**
             * @description What was done last to it
             * @example ingested
             * @enum {string}
             */
            what: "ingested" | "calculated" | "summarised";
            /**
             * Format: date-time
             * @description When
             * @example 2025-06-01T08:00:00.100Z
             */
            at: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "Summaries.listDaily": {
        parameters: {
            query: {
                /** @description First settlement date */
                from: string;
                /** @description Last settlement date, at most 366 days */
                to: string;
                /** @description Elexon BM unit id, such as T_VKNGW-1 */
                farmId?: string;
                /** @description Company answering for the BM units, as the register writes it */
                leadParty?: string;
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A summary for each date, also for those without data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["DailySummary"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Summaries.daily": {
        parameters: {
            query?: {
                /** @description Elexon BM unit id, such as T_VKNGW-1 */
                farmId?: string;
                /** @description Company answering for the BM units, as the register writes it */
                leadParty?: string;
            };
            header?: never;
            path: {
                /** @description Settlement date, a day in Great Britain */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nulls and a state where there is no data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DailySummary"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Summaries.listMonthly": {
        parameters: {
            query: {
                /** @description First settlement date */
                from: string;
                /** @description Last settlement date, at most 366 days */
                to: string;
                /** @description Elexon BM unit id, such as T_VKNGW-1 */
                farmId?: string;
                /** @description Company answering for the BM units, as the register writes it */
                leadParty?: string;
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A summary for each whole month */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["MonthlySummary"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Summaries.monthly": {
        parameters: {
            query?: {
                /** @description Elexon BM unit id, such as T_VKNGW-1 */
                farmId?: string;
                /** @description Company answering for the BM units, as the register writes it */
                leadParty?: string;
            };
            header?: never;
            path: {
                /** @description Month of settlement dates */
                yearMonth: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sum of what is known, with what is missing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonthlySummary"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Summaries.listYearly": {
        parameters: {
            query: {
                /** @description First settlement date */
                from: string;
                /** @description Last settlement date, at most 366 days */
                to: string;
                /** @description Elexon BM unit id, such as T_VKNGW-1 */
                farmId?: string;
                /** @description Company answering for the BM units, as the register writes it */
                leadParty?: string;
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A summary for each whole year */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["YearlySummary"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Summaries.yearly": {
        parameters: {
            query?: {
                /** @description Elexon BM unit id, such as T_VKNGW-1 */
                farmId?: string;
                /** @description Company answering for the BM units, as the register writes it */
                leadParty?: string;
            };
            header?: never;
            path: {
                /** @description Year of settlement dates */
                year: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sum of what is known, with what is missing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["YearlySummary"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "MiningPotential.daily": {
        parameters: {
            query: {
                /** @description Settlement date, a day in Great Britain */
                date: string;
                /** @description Miner model, such as S19J_PRO; /api/miner-models lists them */
                minerModel?: string;
                /** @description Elexon BM unit id, such as T_VKNGW-1 */
                farmId?: string;
                /** @description Company answering for the BM units, as the register writes it */
                leadParty?: string;
                /** @description Price of one bitcoin, such as 81000.50 */
                price?: string;
                /** @description Currency of the price, such as GBP; it is only repeated */
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nulls and a state where there is no data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DailyMiningPotential"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "MiningPotential.monthly": {
        parameters: {
            query?: {
                /** @description Miner model, such as S19J_PRO; /api/miner-models lists them */
                minerModel?: string;
                /** @description Elexon BM unit id, such as T_VKNGW-1 */
                farmId?: string;
                /** @description Company answering for the BM units, as the register writes it */
                leadParty?: string;
                /** @description Price of one bitcoin, such as 81000.50 */
                price?: string;
                /** @description Currency of the price, such as GBP; it is only repeated */
                currency?: string;
            };
            header?: never;
            path: {
                /** @description Month of settlement dates */
                yearMonth: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sum of what is known, with what is missing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonthlyMiningPotential"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "MiningPotential.yearly": {
        parameters: {
            query?: {
                /** @description Miner model, such as S19J_PRO; /api/miner-models lists them */
                minerModel?: string;
                /** @description Elexon BM unit id, such as T_VKNGW-1 */
                farmId?: string;
                /** @description Company answering for the BM units, as the register writes it */
                leadParty?: string;
                /** @description Price of one bitcoin, such as 81000.50 */
                price?: string;
                /** @description Currency of the price, such as GBP; it is only repeated */
                currency?: string;
            };
            header?: never;
            path: {
                /** @description Year of settlement dates */
                year: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sum of what is known, with what is missing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["YearlyMiningPotential"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "HalfHourly.halfHourly": {
        parameters: {
            query?: {
                /** @description Elexon BM unit id, such as T_VKNGW-1 */
                farmId?: string;
                /** @description Company answering for the BM units, as the register writes it */
                leadParty?: string;
                /** @description Miner model, such as S19J_PRO; /api/miner-models lists them */
                minerModel?: string;
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path: {
                /** @description Settlement date, a day in Great Britain */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 46, 48 or 50 items, also for periods without data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["HalfHour"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "HalfHourly.hourly": {
        parameters: {
            query?: {
                /** @description Elexon BM unit id, such as T_VKNGW-1 */
                farmId?: string;
                /** @description Company answering for the BM units, as the register writes it */
                leadParty?: string;
                /** @description Miner model, such as S19J_PRO; /api/miner-models lists them */
                minerModel?: string;
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path: {
                /** @description Settlement date, a day in Great Britain */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 23, 24 or 25 items, also for hours without data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["Hour"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Records.list": {
        parameters: {
            query: {
                /** @description Settlement date, a day in Great Britain */
                date: string;
                /** @description Settlement period, from 1 to 46, 48 or 50; all when left out */
                period?: number;
                /** @description Elexon BM unit id, such as T_VKNGW-1 */
                farmId?: string;
                /** @description `nextCursor` of the answer before */
                cursor?: string;
                /** @description Items in one answer, at most 1000 */
                limit?: number;
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Records by period, farm and acceptance */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["CurtailmentRecord"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "WindGeneration.windGeneration": {
        parameters: {
            query?: {
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path: {
                /** @description Settlement date, a day in Great Britain */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 46, 48 or 50 items, also for periods without data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["WindPeriod"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Farms.list": {
        parameters: {
            query?: {
                /** @description A settlement date, such as 2025-05-26 */
                day?: string;
                /** @description A month instead, such as 2025-05 */
                month?: string;
                /** @description A year instead, such as 2025 */
                year?: string;
                /** @description Miner model, such as S19J_PRO; /api/miner-models lists them */
                minerModel?: string;
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Farms by id */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["FarmFigures"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                        /**
                         * @description First date; null: nothing was ever fetched
                         * @example 2025-05-01
                         */
                        from: string | null;
                        /**
                         * @description Last date
                         * @example 2025-05-31
                         */
                        to: string | null;
                        /**
                         * @description absent: nothing fetched; partial: periods missing or a derivation lags; blocked: no difficulty; provisional: may still change; complete
                         * @example complete
                         * @enum {string}
                         */
                        state: "absent" | "partial" | "blocked" | "provisional" | "complete";
                        /**
                         * @description Grows whenever the figures change; null: none yet
                         * @example 7
                         */
                        revision: number | null;
                        /** @description What keeps the figures from being complete */
                        missing: components["schemas"]["MissingDates"][];
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Farms.top": {
        parameters: {
            query?: {
                /** @description A settlement date, such as 2025-05-26 */
                day?: string;
                /** @description A month instead, such as 2025-05 */
                month?: string;
                /** @description A year instead, such as 2025 */
                year?: string;
                /** @description Miner model, such as S19J_PRO; /api/miner-models lists them */
                minerModel?: string;
                /** @description How many farms, at most 100 */
                limit?: number;
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Farms, the most first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["FarmFigures"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                        /**
                         * @description First date; null: nothing was ever fetched
                         * @example 2025-05-01
                         */
                        from: string | null;
                        /**
                         * @description Last date
                         * @example 2025-05-31
                         */
                        to: string | null;
                        /**
                         * @description absent: nothing fetched; partial: periods missing or a derivation lags; blocked: no difficulty; provisional: may still change; complete
                         * @example complete
                         * @enum {string}
                         */
                        state: "absent" | "partial" | "blocked" | "provisional" | "complete";
                        /**
                         * @description Grows whenever the figures change; null: none yet
                         * @example 7
                         */
                        revision: number | null;
                        /** @description What keeps the figures from being complete */
                        missing: components["schemas"]["MissingDates"][];
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Farms.one": {
        parameters: {
            query?: {
                /** @description A settlement date, such as 2025-05-26 */
                day?: string;
                /** @description A month instead, such as 2025-05 */
                month?: string;
                /** @description A year instead, such as 2025 */
                year?: string;
                /** @description Miner model, such as S19J_PRO; /api/miner-models lists them */
                minerModel?: string;
            };
            header?: never;
            path: {
                /** @description Elexon BM unit id */
                farmId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Zeros where it was not curtailed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Farm"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Farms.leadParties": {
        parameters: {
            query?: {
                /** @description A settlement date, such as 2025-05-26 */
                day?: string;
                /** @description A month instead, such as 2025-05 */
                month?: string;
                /** @description A year instead, such as 2025 */
                year?: string;
                /** @description Miner model, such as S19J_PRO; /api/miner-models lists them */
                minerModel?: string;
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lead parties by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["LeadPartyFigures"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                        /**
                         * @description First date; null: nothing was ever fetched
                         * @example 2025-05-01
                         */
                        from: string | null;
                        /**
                         * @description Last date
                         * @example 2025-05-31
                         */
                        to: string | null;
                        /**
                         * @description absent: nothing fetched; partial: periods missing or a derivation lags; blocked: no difficulty; provisional: may still change; complete
                         * @example complete
                         * @enum {string}
                         */
                        state: "absent" | "partial" | "blocked" | "provisional" | "complete";
                        /**
                         * @description Grows whenever the figures change; null: none yet
                         * @example 7
                         */
                        revision: number | null;
                        /** @description What keeps the figures from being complete */
                        missing: components["schemas"]["MissingDates"][];
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "MinerModels.list": {
        parameters: {
            query?: {
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every model that is calculated */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["MinerModel"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Difficulty.daily": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Settlement date, a day in Great Britain */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Also for a date without data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DailyDifficulty"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Difficulty.add": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again, for 24 hours */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetargetAddition"];
            };
        };
        responses: {
            /** @description It was known already, alike */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedRetarget"];
                };
            };
            /** @description It is new */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedRetarget"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Difficulty.update": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again, for 24 hours */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DifficultyUpdate"] | null;
            };
        };
        responses: {
            /** @description Also when there was nothing new */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdatedDifficulty"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Coverage.coverage": {
        parameters: {
            query: {
                /** @description First settlement date */
                from: string;
                /** @description Last settlement date, at most 366 days */
                to: string;
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An item for each date, also for those never fetched */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["Coverage"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Status.status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Status of all stored data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Analysis.analyse": {
        parameters: {
            query?: {
                /** @description First settlement date; the first there is when left out */
                from?: string;
                /** @description Last settlement date; today when left out */
                to?: string;
                /** @description Whether to compare all rows with each other instead of believing the ledgers */
                deep?: "true" | "false";
                /** @description `nextCursor` of the answer before */
                cursor?: string;
                /** @description Items in one answer, at most 1000 */
                limit?: number;
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson" | "text";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gaps, worst first, and how many each month has */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["AnalysedGap"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                        /** @description Gaps of each month that has any, most first; of all pages */
                        months: {
                            /**
                             * @description Month of settlement dates
                             * @example 2025-05
                             */
                            month: string;
                            /**
                             * @description Gaps of its dates
                             * @example 12
                             */
                            gaps: number;
                        }[];
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "text/plain": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Diagnostics.diagnose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was measured now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagnostics"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Diagnostics.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How long they took */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiagnosticsTest"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Diagnostics.monitor": {
        parameters: {
            query?: {
                /** @description For how long, 1 to 600 */
                seconds?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An event each second; the stream ends after the last */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Jobs.list": {
        parameters: {
            query?: {
                /** @description `nextCursor` of the answer before */
                cursor?: string;
                /** @description Items in one answer, at most 1000 */
                limit?: number;
                /** @description Only jobs in this state */
                state?: "queued" | "running" | "completed" | "failed" | "cancelled";
                /** @description Only jobs of this kind */
                kind?: "ingest" | "ingest-month" | "date" | "range" | "reconcile" | "critical" | "most-critical" | "sequence" | "spot-fix" | "daily-check" | "calculate" | "summarize" | "fix" | "force-fix" | "difficulty-mismatch" | "bmu-mapping" | "wind-generation" | "verify";
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Jobs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["Job"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Jobs.submit": {
        parameters: {
            query?: {
                /** @description true: tell what would be done, and do nothing */
                plan?: "true" | "false";
            };
            header?: {
                /** @description The same key with the same body gives the first answer again, for 24 hours */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobRequest"];
            };
        };
        responses: {
            /** @description With `plan=true`: what would be done; nothing is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPlan"];
                };
            };
            /** @description Accepted; follow it at its Location */
            202: {
                headers: {
                    /** @description Path of the job */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Jobs.one": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job as it stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Jobs.items": {
        parameters: {
            query?: {
                /** @description `nextCursor` of the answer before */
                cursor?: string;
                /** @description Items in one answer, at most 1000 */
                limit?: number;
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path: {
                /** @description Id of the job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An item for each date, in order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["JobItem"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Jobs.cancel": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again, for 24 hours */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["JobOrder"] | null;
            };
        };
        responses: {
            /** @description The job as it stands now */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Jobs.resume": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again, for 24 hours */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["JobOrder"] | null;
            };
        };
        responses: {
            /** @description The job as it stands now */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Reports.list": {
        parameters: {
            query?: {
                /** @description First settlement date; any when left out */
                from?: string;
                /** @description Last settlement date; any when left out */
                to?: string;
                /** @description `nextCursor` of the answer before */
                cursor?: string;
                /** @description Items in one answer, at most 1000 */
                limit?: number;
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reports, also those that a repair made before it began */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["VerificationReport"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Reports.one": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the report */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationReport"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Verifications.verify": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again, for 24 hours */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Verification"];
            };
        };
        responses: {
            /** @description Accepted; follow it at its Location, and read the report that its `reportId` names */
            202: {
                headers: {
                    /** @description Path of the job */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Verifications.randomDates": {
        parameters: {
            query?: {
                /** @description How many, 1 to 31 */
                count?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Fewer where fewer are stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RandomDates"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "DeadLetters.list": {
        parameters: {
            query?: {
                /** @description Only those that this consumer gave up */
                durable?: string;
                /** @description `nextCursor` of the answer before */
                cursor?: string;
                /** @description Items in one answer, at most 200 */
                limit?: number;
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dead letters, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["DeadLetter"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "DeadLetters.replay": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first answer again, for 24 hours */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeadLetterReplay"];
            };
        };
        responses: {
            /** @description Sent; what still cannot be handled dies again under a new sequence */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLettersReplayed"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Audit.list": {
        parameters: {
            query?: {
                /** @description Only what this key did */
                requestedBy?: string;
                /** @description Only this action */
                action?: "submit-job" | "cancel-job" | "resume-job" | "end-job" | "add-difficulty" | "update-difficulty" | "replay-dead-letters";
                /** @description Only what ended so */
                outcome?: "accepted" | "unchanged" | "refused" | "completed" | "failed" | "cancelled";
                /** @description Only what is about this job */
                jobId?: string;
                /** @description From this instant on */
                since?: string & (unknown & unknown);
                /** @description Before this instant */
                until?: string & (unknown & unknown);
                /** @description `nextCursor` of the answer before */
                cursor?: string;
                /** @description Items in one answer, at most 1000 */
                limit?: number;
                /** @description Format of the answer; without it the Accept header decides */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rows of the audit log */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In order */
                        items: components["schemas"]["AuditRow"][];
                        /**
                         * @description Asks for the next items; null after the last
                         * @example null
                         */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Audit.verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Verified from the first row to the newest */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "JobEvents.follow": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the last event that was received, as browsers send it by themselves; 0 for all there are */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description Id of the job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events until the job has ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id: 2
                     *     event: item
                     *     data: {"settlementDate":"2025-05-26","state":"running","attempts":0,"cause":null,"before":null,"after":null,"at":"2025-06-01T08:00:00.100Z"}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description The job has ended, and all of it was told */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
