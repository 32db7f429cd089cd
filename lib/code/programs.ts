import type { ModelId } from '../catalog/models';
import { autoencoder as autoencoderInKeras } from './keras/autoencoder';
import { charRnn as charRnnInKeras } from './keras/charRnn';
import { dcgan as dcganInKeras } from './keras/dcgan';
import { gan as ganInKeras } from './keras/gan';
import { stylegan as styleganInKeras } from './keras/stylegan';
import { vae as vaeInKeras } from './keras/vae';
import type { Program, Recipe, RecipeOf } from './program';
import { autoencoder as autoencoderInTensorflowjs } from './tensorflowjs/autoencoder';
import { charRnn as charRnnInTensorflowjs } from './tensorflowjs/charRnn';
import { dcgan as dcganInTensorflowjs } from './tensorflowjs/dcgan';
import { gan as ganInTensorflowjs } from './tensorflowjs/gan';
import { stylegan as styleganInTensorflowjs } from './tensorflowjs/stylegan';
import { vae as vaeInTensorflowjs } from './tensorflowjs/vae';

/** Writes a program; `site` is the address of the server that hands out data sets of its own. */
interface Programs<R> {
  /** For Keras 3 on TensorFlow, in the manner of Hands-on Machine Learning. */
  keras(recipe: R, site: string): Program;
  /** Of plain TensorFlow.js ops, for Node and for pages. */
  tensorflowjs(recipe: R, site: string): Program;
}

const programs: { readonly [Id in ModelId]: Programs<RecipeOf<Id>> } = {
  autoencoder: { keras: autoencoderInKeras, tensorflowjs: autoencoderInTensorflowjs },
  vae: { keras: vaeInKeras, tensorflowjs: vaeInTensorflowjs },
  'char-rnn': { keras: charRnnInKeras, tensorflowjs: charRnnInTensorflowjs },
  gan: { keras: ganInKeras, tensorflowjs: ganInTensorflowjs },
  dcgan: { keras: dcganInKeras, tensorflowjs: dcganInTensorflowjs },
  stylegan: { keras: styleganInKeras, tensorflowjs: styleganInTensorflowjs },
};

/** The programs of a recipe's model. */
export const programsOf = ({ model }: Recipe): Programs<Recipe> => programs[model];
