// The parity tests on a GPU in software, with the settings for which `npm test` leaves it no time.
import './autoencoder.test';
import './charRnn.test';
import './dcgan.test';
import './gan.test';
import './stylegan.test';
