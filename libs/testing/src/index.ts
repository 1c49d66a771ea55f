export { atFileEnd } from './at-file-end.js';
export { createTestDatabase, type TestDatabase } from './create-test-database.js';
export { eventually } from './eventually.js';
export { type ExplorerBlock, startDifficultySource, type TestDifficultySource } from './start-difficulty-source.js';
export { type ServiceName, startService, type TestService } from './start-service.js';
export { type ReceivedEvent, type ReceivedStream, receiveEvents } from './receive-events.js';
export { startTestPostgres, type TestPostgres } from './start-test-postgres.js';
export { startTestDynamo, startTestNats, type TestDynamo, testFolders, type TestNats } from './test-stores.js';
