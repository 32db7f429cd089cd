/** Every limit that both ends know, with its unit and what happens there. */
export const limits = {
  /** Bytes of one Yjs update; a larger one is refused. */
  updateBytes: 64 * 1024,
  /** Bytes of a whole document; an update that would exceed it is refused. */
  documentBytes: 1024 * 1024,
  /** Document updates a second and socket, averaged over 5 s; beyond, they are refused with `too-fast`. */
  updatesPerSecond: 200,
  /** Changes of place a second and socket; further ones are dropped (the client throttles to this). */
  placesPerSecond: 20,
  /** Live values a second and socket; further ones are refused with `too-fast` (the client throttles to this). */
  holdsPerSecond: 50,
  /** Milliseconds at least between two messages that tell all what moved. */
  tickMs: 40,
  /** Milliseconds without a move after which whoever holds a control loses it. */
  leaseMs: 30_000,
  /** Characters of a control's name; a longer one is refused. */
  controlCharacters: 160,
  /** Characters of a live value that is a text; a longer one is refused. */
  liveCharacters: 2000,
  /** Commands (Train, Pause, ...) a second and socket; further ones are refused with `too-fast`. */
  commandsPerSecond: 10,
  /** What somebody's page draws may change so often; further changes are refused. */
  watchesPerSecond: 20,
  /** People in one playground; the next one is refused with `room-full`. */
  peoplePerRoom: 200,
  /** Hues by which people are told apart. */
  colors: 12,
  /** Characters of a person's name; longer input is refused. */
  nameCharacters: 32,
  /** Characters of a playground's title. */
  titleCharacters: 80,
  /** Bytes of one streamed frame; building a larger one is an error in the server. */
  frameBytes: 40 * 1024,
  /** Bytes waiting for one socket; beyond, it is disconnected with `too-slow` and may come back. */
  socketBufferBytes: 4 * 1024 * 1024,
  /** Milliseconds that a frame may stay unacknowledged before the socket counts as too slow. */
  frameLagMs: 10_000,
  /** Milliseconds between two pings of the server; every page hears something at least so often. */
  pingMs: 1000,
  /** Milliseconds without a word after which a page says that it doesn't hear the server. */
  silentMs: 2000,
  /** Points kept of each curve; beyond, neighbours are averaged (see runs/history). */
  historyPoints: 1024,
  /** Frames kept of each topic of a run to scrub through; beyond, they are thinned evenly (see runs/reel). */
  reelFrames: 500,
  /** Bytes of all frames kept of a run; beyond, its largest topic is thinned. */
  reelBytes: 24 * 1024 * 1024,
  /** Bytes of the frames that one answer packs; what doesn't fit is asked for again. */
  packBytes: 1024 * 1024,
  /** Earlier runs that a playground keeps to compare with and to bring back; the oldest goes with its files. */
  earlierRuns: 8,
  /** Bytes of the weights of a playground's earlier runs; beyond, the oldest lose theirs, never the newest. */
  earlierWeightsBytes: 512 * 1024 * 1024,
  /** Milliseconds for which all are asked whether a run that somebody reset is to be brought back. */
  bringBackMs: 60_000,
  /** Measurements kept of a generator's diversity; beyond, every other one goes. */
  diversityPoints: 512,
  /** Collapses and recoveries of one run that the activity log tells of; further ones are only drawn. */
  collapseEntries: 20,
  /** Entries of the activity log that a joining client receives; older ones stay on disk. */
  logEntries: 200,
  /** Points of a cloud, each with its class; the page offers up to so many, and fewer where data or model have fewer. */
  mostPoints: 10_000,
  /** Points of a cloud that have a picture of the data; further points are plain. */
  cloudPoints: 2000,
  /** Image pairs shown as originals beside reconstructions. */
  reconstructions: 16,
  /** Samples of one request for images, or for codings; more are refused. */
  sampleImages: 64,
  /** Characters of one text sample; more are refused. */
  sampleCharacters: 1000,
  /** Characters that a person may type as a prompt; the page takes no more. */
  typedCharacters: 1000,
  /** Characters of a prompt with what has been written after it; a longer one is refused. */
  promptCharacters: 2000,
  /** Characters of a run's id as a document may name it. */
  runIdCharacters: 64,
  /** Likeliest characters among which a text sample may be told to choose; more are refused, 0 stands for all. */
  topK: 100,
  /** Characters at which a text sample may be told to stop; more are refused. */
  stopCharacters: 20,
  /** Likeliest characters told of at each place of a text. */
  bestCharacters: 5,
  /** Characters of a text of which the units' activations may be asked for; more are refused. */
  activationCharacters: 800,
  /** Samples that a person may ask for in a second; further ones are refused with `too-fast`. */
  samplesPerSecond: 30,
  /** Characters of each sample that a training text model shows by itself; three fill a frame at most. */
  shownCharacters: 300,
  /** Pictures of a layer's weights, and cells along a side of one; what lies beyond is left out. */
  layerPictures: 48,
  layerSide: 96,
  /** Bytes of a layer's pictures, of its weights or its activations; fewer pictures, or rows, are shown beyond. */
  layerBytes: 37 * 1024,
  /** Characters of a text over which a layer's activations are shown. */
  layerCharacters: 36,
  /** Characters of the name by which a layer's weights are asked for; a longer one is refused. */
  layerNameCharacters: 64,
  /** Examples of a batch that slow motion shows. */
  stageExamples: 6,
  /** Bytes of the pixels of one sample; a request for more is refused. */
  sampleBytes: 2 * 1024 * 1024,
  /** Numbers of a coding that can be moved, from the first on: each has a bar wide enough for a finger. */
  exploredNumbers: 48,
  /** How far from zero a number of a coding may be moved; beyond, the edit is refused. */
  exploredReach: 1e6,
  /** Layers of StyleGAN's synthesis network that can be mixed; it has no more. */
  exploredLayers: 8,
  /** The largest seed of a latent that is explored. */
  exploredSeed: 2 ** 31 - 1,
  /** Latents that a playground keeps; one more is refused. */
  pins: 64,
  /** Numbers of a kept latent; a longer one is refused. */
  pinNumbers: 2048,
  /** Characters of a pin's name; the page takes no more. */
  pinNameCharacters: 60,
  /** Stops of a path, those of pins that are gone among them; an edit with one more is refused. */
  pathStops: 64,
  /** Stops a second of a playhead; others are refused. */
  slowestPlay: 0.05,
  fastestPlay: 8,
  /** Milliseconds from Play, and from a picture of the path, to the moment that it is for: pages far away have it by then. */
  playAheadMs: 120,
  /** Questions a second and socket for the server's time; further ones are refused. */
  clocksPerSecond: 20,
  /** Pictures a second that the server draws of what is explored; of further changes the newest counts. */
  exploredPerSecond: 30,
  /** Milliseconds between two times that what is explored is drawn anew while the model learns. */
  exploredAnewMs: 1000,
  /** Bytes of the frame with the one picture that is explored; a larger picture is shrunk until it fits. */
  exploredBytes: 1024 * 1024,
  /** Bytes of somebody's own generator as .onnx; a larger file is refused before it is read. */
  generatorBytes: 100 * 1024 * 1024,
  /** UTF-16 units of its file's name, as many as file systems allow; a longer one is cut. */
  generatorName: 255,
  /** Numbers of one of its latents; more are refused. */
  generatorLatents: 16_384,
  /** Latents of all rows that it takes at once, as numbers; a file with a larger batch is refused. */
  generatorBatch: 2 ** 24,
  /** Further inputs that people choose; a file with more is refused. */
  generatorFields: 16,
  /** Classes that can be told apart, by their numbers. */
  generatorClasses: 1000,
  /** UTF-16 units of the name that its metadata give a class; a longer one is cut. */
  generatorClassName: 100,
  /** Ways to read an output that says nothing about its pixels; further ones aren't offered. */
  generatorForms: 12,
  /** Pixels along a side of its images, at least and at most. */
  generatorSide: [4, 512],
  /** Data sets of their own that people may bring into one playground; a further one is refused. */
  ownDataSets: 8,
  /** UTF-16 units of such a data set's name, as many as file systems allow; a longer one is cut. */
  ownDataName: 255,
  /** Bytes of an uploaded text; a longer one is refused. */
  ownTextBytes: 20 * 1024 * 1024,
  /** Characters of a text at least: its validation part must hold a window of the usual length. */
  ownTextCharacters: 5_000,
  /** Distinct characters of a text, each an output of the model; of a text with more, the rarest are read as one. */
  ownTextVocabulary: 4_000,
  /** Bytes of an uploaded image or zip archive; a larger file is refused before it is read. */
  ownArchiveBytes: 200 * 1024 * 1024,
  /** Files in an archive; one with more is refused. */
  ownArchiveFiles: 25_000,
  /** Bytes that all files of an archive unpack to; one with more is refused before anything is unpacked. */
  ownUnpackedBytes: 1024 * 1024 * 1024,
  /** How many times larger than packed a file may be; an archive with a file beyond is refused. */
  ownArchiveRatio: 200,
  /** Images of a data set, at least and at most; fewer and more are refused. */
  ownImages: [10, 20_000],
  /** Bytes of one image file; a larger one is left out. */
  ownImageBytes: 50 * 1024 * 1024,
  /** Pixels along a side of an image, and in all; a larger one is left out. */
  ownImageSide: 16_000,
  ownImagePixels: 40_000_000,
  /** Classes of a data set; folders that are more of them can't be chosen as classes. */
  ownClasses: 100,
  /** UTF-16 units of a class's name that are kept; classes are told apart by their whole names. */
  ownClassName: 255,
  /** Reasons for which files were left out, and names of such files, that are told; of further ones the number. */
  ownLeftOutReasons: 20,
  ownLeftOutNames: 20,
  /** Uploads of a playground that wait to be taken, and milliseconds that one waits; then the oldest goes. */
  ownDrafts: 8,
  ownDraftMs: 20 * 60_000,
  /** Classes that a choice between folders names. */
  ownChoiceExamples: 4,
  /** What a data set's preview shows. */
  ownPreviewImages: 36,
  ownPreviewCharacters: 2_000,
} as const;
