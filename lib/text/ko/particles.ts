import type { Language } from '../format';

/** Korean particles come in pairs: one after a final consonant, one after a vowel. */

const HANGUL = { first: 0xac00, last: 0xd7a3, finals: 28, rieul: 8 };

/** How letters and digits are read aloud: "l" ends in ㄹ, "m", "n" and most digits in another consonant. */
const endsInRieul = /[lr178]$/i;
const endsInConsonant = /[bckmnpt036]$/i;

type Ending = 'vowel' | 'rieul' | 'consonant';

function endingOf(text: string): Ending {
  const spoken = text.replace(/[^\p{L}\p{N}]+$/u, '');
  const code = spoken.charCodeAt(spoken.length - 1);
  if (code >= HANGUL.first && code <= HANGUL.last) {
    const final = (code - HANGUL.first) % HANGUL.finals;
    if (final === 0) return 'vowel';
    return final === HANGUL.rieul ? 'rieul' : 'consonant';
  }
  if (endsInRieul.test(spoken)) return 'rieul';
  return endsInConsonant.test(spoken) ? 'consonant' : 'vowel';
}

/** The particle after a final consonant comes first, the one after a vowel second; `로` also follows ㄹ. */
export const byFinalSound: Language['choose'] = (value, [first = '', second = '']) => {
  const ending = endingOf(String(value));
  const isFirst = ending === 'consonant' || (ending === 'rieul' && !second.startsWith('로'));
  return isFirst ? first : second;
};
