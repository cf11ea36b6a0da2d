import { announce, icon, make } from '@parceo/ui/page';

// Fetched when somebody presses the microphone, not before. Texts come from the page that carries them.

const MOST_S = 300,
  SOON_S = 30,
  TICK_MS = 200,
  BITS = 32_000;

/** What browsers record, best first, and how such a file is called. */
const FORMATS: readonly (readonly [type: string, extension: string])[] = [
  ['audio/webm;codecs=opus', 'webm'],
  ['audio/mp4', 'm4a'],
  ['audio/ogg;codecs=opus', 'ogg'],
];

const clock = (s: number): string => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, '0')}`;

/**
 * Records a voice note in `box`, the composer: time, level, « Annuler » (Échap) and « Joindre ». Answers the file and how long it lasts; null when
 * it was given up or too short to hold anything. Throws what the browser says when there is no microphone, or no leave.
 */
export async function record(
  box: HTMLElement,
  word: (name: string, ...values: string[]) => string,
): Promise<{ file: File; seconds: number } | null> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
  const sound = new AudioContext();
  let timer = 0;
  const time = make('span', { class: 'num' }, clock(0)),
    level = make('meter', { min: '0', max: '1', value: '0', 'aria-hidden': 'true' });
  const cancel = make(
    'button',
    { type: 'button', class: 'btn btn-quiet btn-sm' },
    word('voiceCancel'),
    ' ',
    make('kbd', { class: 'hide-s' }, 'Échap'),
  );
  const keep = make('button', { type: 'button', class: 'btn btn-primary btn-sm' }, word('voiceKeep'));
  const bar = make(
    'div',
    { class: 'rec', role: 'group', 'aria-label': word('voiceOn') },
    make('span', { class: 'dot' }, icon('microphone')),
    make('span', { class: 'grow row-f' }, time, make('span', { class: 'q2 s num nw' }, `/ ${clock(MOST_S)}`), level),
    cancel,
    keep,
  );
  try {
    const [type, extension] = FORMATS.find(([t]) => MediaRecorder.isTypeSupported(t)) ?? ['', 'webm'];
    const recorder = new MediaRecorder(stream, { ...(type && { mimeType: type }), audioBitsPerSecond: BITS }),
      parts: Blob[] = [],
      began = performance.now();
    const listener = sound.createAnalyser(),
      heard = new Uint8Array(listener.fftSize);
    sound.createMediaStreamSource(stream).connect(listener);
    box.append(bar);
    box.classList.add('recording');
    keep.focus();
    announce(word('voiceBegun'));
    const kept = await new Promise<boolean>(done => {
      let warned = false;
      recorder.ondataavailable = e => parts.push(e.data);
      recorder.onerror = () => done(false);
      cancel.onclick = () => done(false);
      keep.onclick = () => done(true);
      bar.onkeydown = e => {
        if (e.key === 'Escape') {
          e.preventDefault();
          e.stopPropagation();
          done(false);
        }
      };
      stream.getAudioTracks()[0]?.addEventListener('ended', () => done(true)); // the microphone is gone: what was said stays
      recorder.start(1000);
      timer = window.setInterval(() => {
        const s = (performance.now() - began) / 1000;
        if (!box.isConnected) return done(false); // another conversation is opened
        time.textContent = clock(Math.min(s, MOST_S));
        listener.getByteTimeDomainData(heard);
        level.value = heard.reduce((most, v) => Math.max(most, Math.abs(v - 128)), 0) / 128;
        if (!warned && s >= MOST_S - SOON_S) {
          warned = true;
          announce(word('voiceSoon', String(SOON_S)));
        }
        if (s >= MOST_S) done(true);
      }, TICK_MS);
    });
    const stopped = performance.now();
    await new Promise<void>(ended => {
      recorder.onstop = () => ended();
      if (recorder.state === 'inactive') ended();
      else recorder.stop();
    });
    const seconds = Math.max(1, Math.round((stopped - began) / 1000));
    const size = parts.reduce((n, p) => n + p.size, 0);
    announce(word(kept && size > 0 ? 'voiceKept' : 'voiceCancelled'));
    return kept && size > 0
      ? {
          file: new File(parts, `message-vocal-${new Date().toISOString().slice(0, 16).replace(/\D/g, '')}.${extension}`, {
            type: recorder.mimeType,
          }),
          seconds,
        }
      : null;
  } finally {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    void sound.close();
    bar.remove();
    box.classList.remove('recording');
  }
}
