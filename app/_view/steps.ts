/** Step numbers as people read them: "12,345", and "12K" where there is little room. */
import type { Text } from '@/app/_ui/language';
import { numberFormat, whole } from '@/app/_ui/numbers';

export const formatStep = whole;
export const formatStepShort = (step: number): string => numberFormat({ notation: 'compact' }).format(step);

/** When something was made, as a sentence. */
export const describeStep = (step: number | undefined, t: Text): string =>
  step === undefined ? t('Nothing yet') : t('After training step {step}.', { step });
