/** The recipe as code. */
export type CodeText =
  | 'The recipe as code'
  | 'Show the code'
  | 'The same model as Keras or TensorFlow.js code, or as a notebook. It follows the recipe while people change it.'
  | 'Kind of code'
  | 'Keras'
  | 'TensorFlow.js'
  | 'Notebook'
  | 'Copy'
  | 'Download';
