// Paper to draw on, and what of it a model of so many pixels sees.

const INK = 2.3 / 32;

/** Calls back with an array of values in 0…1, row by row, whenever the drawing changes. */
export function paper(canvas, changed) {
  const context = canvas.getContext('2d', {willReadFrequently: true});
  let side = 8;
  let last;
  clear();

  function clear() {
    context.fillStyle = '#000';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width * canvas.width, (event.clientY - box.top) / box.height * canvas.height];
  }

  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = place(event);
    stroke(last);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (last) stroke(place(event));
  });
  for (const end of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(end, () => { last = undefined; });
  }

  function stroke(to) {
    context.strokeStyle = '#fff';
    context.lineWidth = INK * canvas.width * 2;
    context.lineCap = 'round';
    context.beginPath();
    context.moveTo(...last);
    context.lineTo(to[0] + 0.01, to[1]);
    context.stroke();
    last = to;
    changed(seen());
  }

  /** The drawing's box of ink, as high as the paper and in its middle, as digits are prepared. */
  function seen() {
    const box = inked();
    if (!box) return new Array(side * side).fill(0);
    const small = document.createElement('canvas');
    small.width = small.height = side * 4;
    const pen = small.getContext('2d');
    const scale = small.width / Math.max(box.width, box.height);
    const width = box.width * scale;
    const height = box.height * scale;
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(canvas, box.x, box.y, box.width, box.height, (small.width - width) / 2, (small.height - height) / 2, width, height);
    return blocks(pen.getImageData(0, 0, small.width, small.height).data, small.width);
  }

  /** The mean of each 4 x 4 block. */
  function blocks(pixels, width) {
    const values = new Array(side * side).fill(0);
    for (let y = 0; y < width; y++) {
      for (let x = 0; x < width; x++) {
        values[Math.floor(y / 4) * side + Math.floor(x / 4)] += pixels[4 * (y * width + x)] / 255 / 16;
      }
    }
    return values;
  }

  function inked() {
    const {data, width, height} = context.getImageData(0, 0, canvas.width, canvas.height);
    let [left, top, right, bottom] = [width, height, -1, -1];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (data[4 * (y * width + x)] > 60) {
          left = Math.min(left, x); right = Math.max(right, x);
          top = Math.min(top, y); bottom = Math.max(bottom, y);
        }
      }
    }
    return right < 0 ? undefined : {x: left, y: top, width: right - left + 1, height: bottom - top + 1};
  }

  return {
    clear() { clear(); changed(seen()); },
    resize(pixels) { side = pixels; },
    /** Draws values of 0…1 as they are. */
    show(values) {
      const cell = canvas.width / side;
      clear();
      values.forEach((value, i) => {
        context.fillStyle = `rgb(${[0, 0, 0].fill(Math.round(255 * Math.max(0, Math.min(1, value))))})`;
        context.fillRect((i % side) * cell, Math.floor(i / side) * cell, cell, cell);
      });
    },
    /** A picture, bright on dark; one on a light ground is turned over. */
    async picture(file) {
      const image = await createImageBitmap(file);
      const scale = Math.min(canvas.width / image.width, canvas.height / image.height);
      clear();
      context.drawImage(image, (canvas.width - image.width * scale) / 2, (canvas.height - image.height * scale) / 2, image.width * scale, image.height * scale);
      const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
      const corner = pixels.data[4 * (canvas.width * 2 + canvas.width / 2)];
      for (let i = 0; i < pixels.data.length; i += 4) {
        const gray = (pixels.data[i] + pixels.data[i + 1] + pixels.data[i + 2]) / 3;
        pixels.data[i] = pixels.data[i + 1] = pixels.data[i + 2] = corner > 127 ? 255 - gray : gray;
      }
      context.putImageData(pixels, 0, 0);
      changed(seen());
    },
  };
}
