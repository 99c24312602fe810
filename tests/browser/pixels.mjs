// What a page looks like, as pixels: a screenshot, decoded by a browser.

/** A screenshot as `{data, width, height}`, four bytes a pixel: red, green, blue and how opaque it is. */
export async function pixels(page, options = {}) {
  const png = await page.screenshot(options);
  const canvas = await page.context().browser().newPage();
  try {
    const { data, ...size } = await canvas.evaluate(async (bytes) => {
      const blob = await (await fetch(`data:image/png;base64,${bytes}`)).blob();
      const image = await createImageBitmap(blob, { premultiplyAlpha: 'none' });
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      context.drawImage(image, 0, 0);
      const { data: all } = context.getImageData(0, 0, image.width, image.height);
      let text = '';
      for (let from = 0; from < all.length; from += 32_768) text += String.fromCharCode(...all.subarray(from, from + 32_768));
      return { data: btoa(text), width: image.width, height: image.height };
    }, png.toString('base64'));
    return { data: new Uint8ClampedArray(Buffer.from(data, 'base64')), ...size };
  } finally {
    await canvas.close();
  }
}
