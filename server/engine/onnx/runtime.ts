/** ONNX Runtime, imported from here alone: left to itself, it reports to its makers and keeps a database in the home folder. */

// Read when the process makes its first session.
process.env.ORT_DISABLE_TELEMETRY = '1';

export * from 'onnxruntime-node';
