const list = (words: string): readonly string[] => words.split(' ');

/**
 * Words inside a line, by part of speech and sense. A 1 marks one stressed syllable ("crown"), a 2 a stressed one
 * and a light one ("garden"), so that any word of a list fits the metre wherever another does. Nouns are
 * singular; things, beasts, people and places can be counted.
 */
export const words = {
  person1: list(
    'king queen lord knight guard thief friend priest child prince bride guest judge witch cook duke page smith monk nurse',
  ),
  person2: list(
    'brother sister stranger soldier captain sailor shepherd beggar lady master mother father daughter maiden monarch poet hunter lover neighbor widow lawyer doctor painter singer piper pilgrim miller merchant baker tailor porter farmer rider cousin',
  ),
  place1: list(
    'sea hill hall court field grove road gate wall shore bridge vale church town house lake moor wood mill inn cave cliff port barn',
  ),
  place2: list(
    'garden river forest castle harbor mountain valley meadow island city village orchard chamber market kitchen cellar chapel desert tavern palace stable temple hamlet',
  ),
  sky1: list('moon star sun wind rain snow cloud storm frost dawn mist tide dusk'),
  sky2: list(
    'morning evening thunder summer winter autumn tempest moonlight sunrise twilight lightning sunlight',
  ),
  time2: list('morning evening'),
  thing1: list(
    'crown sword ring rose bell book lamp harp key cup cloak glove flag drum mask map song ship coin boat torch pipe shoe hat pot spoon',
  ),
  thing2: list(
    'candle mirror letter lantern feather ribbon dagger arrow banner jewel ladder basket hammer trumpet fiddle ballad apple blossom pillow button bottle blanket kettle needle saddle',
  ),
  beast1: list('dove lark wolf hawk horse hound fox swan bee crow mouse deer owl goat wren cat frog hen'),
  beast2: list(
    'raven sparrow falcon rabbit spider badger lion donkey cricket salmon kitten turtle beetle pigeon hedgehog weasel magpie',
  ),
  feel1: list('love hope grief pride joy fear faith rage doubt shame truth peace trust wit luck youth grace'),
  feel2: list(
    'sorrow pleasure wonder patience courage mercy laughter longing honor anger silence folly reason freedom fortune kindness beauty wisdom passion comfort danger pity virtue',
  ),
  body1: list('heart hand soul voice mind eye tongue'),
  old2: list(
    'golden silver silent gentle ancient hollow hidden crimson weary lonely broken frozen quiet sacred secret tender velvet distant narrow shining dusty misty windy moonlit starry wooden humble rusty painted simple faded little empty crooked',
  ),
  fair2: list(
    'honest noble faithful merry loyal gracious lovely trusty worthy gentle clever modest patient darling',
  ),
  foul2: list(
    'wicked bitter greedy foolish crooked faithless pompous stubborn clumsy cunning jealous idle wretched shameless boastful gloomy lazy',
  ),
  take1: list('keep hold find lose bring break hide steal bear lift bless mend sell guard burn buy'),
  love1: list('love serve trust praise bless thank greet fear doubt hear keep'),
  walk1: list('walk ride run sail march dance fly climb crawl'),
  go1: list('walk ride wait sleep sail sing dance stand rest kneel weep dream fly laugh'),
} as const;

/**
 * Words that rhyme on one another by the kind of ending that they make, after the spellings of their last sound. All
 * have one stressed syllable, `away` and `joy` a light one before it.
 */
const table = [
  'ight ite: time night, sky light, person knight, feel spite, thing kite, go fight, do write, be bright white, away tonight, joy delight',
  'ay: time day, place bay, thing play, beast jay, sky ray, go stay play pray, do say, away away today, joy dismay',
  'ee ea e ey: place sea, thing tree key, beast bee, body knee, feel glee, be free, do see, go flee, me me, you thee',
  'ow o oe: sky snow glow, beast crow doe, person foe, feel woe, thing bow, go go grow, do know, be slow low, away below',
  'art eart: body heart, thing cart chart, feel art, go start, be smart, away apart',
  'ove: feel love, beast dove, thing glove, away above',
  'oon une: sky moon, time noon, thing tune spoon, go swoon, place dune, beast loon',
  'ing: person king, thing ring string, time spring, go sing, do bring',
  'ire yre: sky fire, place spire, thing lyre, joy desire, person squire, go tire, do hire, be dire',
  'air are ear eir: sky air, thing chair, place stair square, beast bear hare mare, person heir, feel care, be fair rare bare, do share bear wear, go dare, joy despair',
  'ound: place ground mound, beast hound, be sound round, thing pound',
  'old: be cold old bold, do hold, place fold, feel gold',
  'ain ane eign: sky rain, place lane plain, beast crane, thing chain cane, feel pain, body brain, be plain vain, do gain, go reign, joy disdain, away again',
  'own: thing crown gown, place town, person clown, be brown, go frown drown',
  'ore oar oor: place shore door floor, thing oar, beast boar, feel lore, go roar soar, away before ashore',
  'ear eer ere ier: body ear, thing tear spear, time year, beast deer, person peer seer, feel fear cheer, be near dear clear, do hear, place pier, sky sphere, go steer',
  'ell: thing bell shell spell, place well dell, do tell sell, go dwell, joy farewell',
  'eep: feel sleep, beast sheep, place keep, go sleep weep creep, be deep steep, do keep',
  'ame aim: thing name game, feel fame shame blame, person dame, sky flame, be tame lame, do name claim',
  'ine ign: feel wine, thing vine sign, place shrine mine, go shine dine, be fine, joy design, beast swine',
  'ide: sky tide, person bride guide, feel pride, go hide ride glide, do hide guide, be wide, away aside inside',
  'ace ase: body face, place place, feel grace, thing race, joy embrace disgrace, do chase face',
  'all awl: place hall wall, thing ball shawl, time fall, go fall call crawl, be small tall, do call',
  'eet eat eit: place street, be sweet neat, do meet eat beat, joy retreat deceit, sky heat, thing sheet, body feet',
  'ate ait eat aight: place gate, feel fate hate, person mate, be late great straight, go wait, thing plate crate, do hate, joy debate',
  'ue oo ew ou oe ieu: you you, be blue new true, do woo, thing shoe, sky dew, joy adieu',
  'ies ize ise yes ighs: sky skies, body eyes, be wise, go rise, thing prize, do prize, feel lies sighs, joy disguise surprise',
  'est: person guest, thing chest nest vest, go rest, do test, be blest, place west, joy request',
  'and: body hand, place land sand, thing band, go stand, be grand, joy command',
  'ood: place wood, thing hood, be good',
  'ose oze: thing rose, body nose, joy repose, feel prose, do close, go doze',
  'ake eak: place lake, thing cake rake, beast snake drake, go wake shake quake, do make take break, joy mistake',
  'ave: place cave grave, sky wave, person knave, be brave, do save crave, go wave',
  'ile isle yle: place isle aisle, go smile, feel guile style, be vile, away awhile, thing smile',
  'ong: thing song gong, be wrong strong long, away along',
  'one own oan: place throne, thing stone bone, away alone, do own, go moan groan',
  'eel eal: thing wheel meal, beast eel seal, feel zeal, go kneel, do steal feel heal, joy appeal, be real',
  'ill: place hill mill, thing quill bill, feel skill will, be still ill, do fill, sky chill',
  'ail ale: sky hail gale, thing tale sail nail pail, place jail vale dale, beast whale snail quail, go sail wail fail, be pale frail, feel ale',
  'og: beast frog hog, sky fog, place bog',
  'at: beast cat rat bat, thing hat mat, go chat, be flat',
  'ouse: beast mouse grouse, place house, person spouse',
  'oat ote: beast goat stoat, thing boat coat note, place moat, body throat, go float gloat, do quote',
  'ead ed: body head, thing thread sled, place shed, feel dread bread, be red, do dread, go tread',
  'ind: body mind, be kind blind, do find mind bind',
  'ance: go dance prance glance, thing lance, feel chance, joy romance',
];

/** A word that may end a line. */
export interface Rhyme {
  readonly word: string;
  readonly ending: string;
  /** Words of one sound rhyme. */
  readonly sound: string;
}

/** Every word that may end a line, as often as there are endings that it may be. */
export const rhymes: readonly Rhyme[] = table.flatMap((row) => {
  const [sound = '', entries = ''] = row.split(': ');
  return entries.split(', ').flatMap((entry) => {
    const [ending = '', ...found] = entry.split(' ');
    return found.map((word) => ({ word, ending, sound }));
  });
});
