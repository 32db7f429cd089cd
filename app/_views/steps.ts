/** Step numbers as people read them: "12,345", and "12K" where there is little room. */
import type { Text } from '../_ui/language';

const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact' });
export const formatStep = (step: number): string => whole.format(step);
export const formatStepShort = (step: number): string => short.format(step);

/** When something was made, as a sentence. */
export const describeStep = (step: number | undefined, t: Text): string =>
  step === undefined ? t('Nothing yet') : t('After training step {step}.', { step });
