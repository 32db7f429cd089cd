import type { Graph } from './ir/graph';
import { optimize } from './passes/optimize';
import type { CallDefinition, ProgramDefinition, SpecMap, StepDefinition } from './program';
import { trace } from './trace/trace';

async function traceStep(state: SpecMap, { inputs, run }: StepDefinition): Promise<Graph> {
  const graph = await trace(state, inputs, (stateIn, inputsIn) => {
    const { state: next, metrics } = run(stateIn, inputsIn);
    return { state: next, outputs: metrics };
  });
  return optimize(graph);
}

async function traceCall(state: SpecMap, { inputs, run }: CallDefinition): Promise<Graph> {
  return optimize(await trace(state, inputs, (stateIn, inputsIn) => ({ outputs: run(stateIn, inputsIn) })));
}

/** A definition's graphs, traced when an executor asks for them. */
export class Graphs {
  constructor(readonly definition: ProgramDefinition) {}

  /** @throws RangeError for an unknown step, TraceError for what can't be compiled. */
  step(name: string): Promise<Graph> {
    return traceStep(this.definition.state, this.stepDefinition(name));
  }

  /** @throws RangeError for an unknown call, TraceError for what can't be compiled. */
  call(name: string, rows: number): Promise<Graph> {
    return traceCall(this.definition.state, this.callDefinition(name, rows));
  }

  stepDefinition(name: string): StepDefinition {
    const { steps } = this.definition;
    const step = steps[name];
    if (!step) throw new RangeError(`Unknown step ${name}; expected ${Object.keys(steps).join(', ')}`);
    return step;
  }

  callDefinition(name: string, rows: number): CallDefinition {
    const { calls } = this.definition;
    const call = calls[name];
    if (!call) throw new RangeError(`Unknown call ${name}; expected ${Object.keys(calls).join(', ')}`);
    return call(rows);
  }
}
