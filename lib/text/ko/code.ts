import type { Messages } from '../format';
import type { CodeText } from '../keys/code';

/** The recipe as code. */
export const code: Messages<CodeText> = {
  'The recipe as code': '코드로 보는 레시피',
  'Show the code': '코드 보기',
  'The same model as Keras or TensorFlow.js code, or as a notebook. It follows the recipe while people change it.':
    '같은 모델을 Keras나 TensorFlow.js 코드 또는 노트북으로 보여 줍니다. 누가 레시피를 바꾸면 코드도 따라 바뀝니다.',
  'Kind of code': '코드 종류',
  Keras: 'Keras',
  'TensorFlow.js': 'TensorFlow.js',
  Notebook: '노트북',
  Copy: '복사',
  Download: '다운로드',
};
