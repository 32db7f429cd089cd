import { parentPort, workerData } from 'node:worker_threads';
import { isDatasetFile, makeDatasetFile } from '@/server/datasets/files';

/** A thread that makes the file that `workerData` names, and ends. */
const name = String(workerData);
if (!isDatasetFile(name)) throw new RangeError(`There is no data set file ${name}`);
const bytes = makeDatasetFile(name);
parentPort?.postMessage(bytes, [bytes.buffer]);
