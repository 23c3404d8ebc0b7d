/** Preload script: the AVIF encoder fails for pictures that are BROKEN_WIDTH pixels wide. */
import sharp from 'sharp';

const { avif } = sharp.prototype;
sharp.prototype.avif = function (options) {
  if (this.options.input.rawWidth === Number(process.env.BROKEN_WIDTH)) throw new Error('The encoder failed');
  return avif.call(this, options);
};
