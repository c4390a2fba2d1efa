/** The languages of the demo space, the default one first. */
export const languages = ['en', 'de'] as const

/** What the pages say beside what editors write. */
export interface Messages {
  skip: string
  main: string
  more: string
  language: string
  readMore: string
  readNext: string
  about: string
  draft: string
  missing: { title: string; text: string; back: string }
  guide: Record<'rock' | 'grades' | 'season' | 'onFoot' | 'routes' | 'route' | 'grade' | 'length' | 'note', string>
  minutes(count: string): string
}

const english: Messages = {
  skip: 'Skip to content',
  main: 'Main',
  more: 'More',
  language: 'Language',
  readMore: 'Read more',
  readNext: 'Read next',
  about: 'Chalkline is an invented magazine.',
  draft: 'Draft',
  missing: {
    title: 'Not found',
    text: 'There is no page here. Perhaps it moved, or it is not published yet.',
    back: 'Back to the start',
  },
  guide: {
    rock: 'Rock',
    grades: 'Grades',
    season: 'Season',
    onFoot: 'On foot',
    routes: 'Routes',
    route: 'Route',
    grade: 'Grade',
    length: 'Length',
    note: 'Note',
  },
  minutes: (count) => `${count} minutes`,
}

const german: Messages = {
  skip: 'Zum Inhalt',
  main: 'Hauptmenü',
  more: 'Mehr',
  language: 'Sprache',
  readMore: 'Weiterlesen',
  readNext: 'Als Nächstes',
  about: 'Chalkline ist ein erfundenes Magazin.',
  draft: 'Entwurf',
  missing: {
    title: 'Nicht gefunden',
    text: 'Hier ist keine Seite. Vielleicht ist sie umgezogen oder noch nicht veröffentlicht.',
    back: 'Zurück zum Anfang',
  },
  guide: {
    rock: 'Gestein',
    grades: 'Schwierigkeit',
    season: 'Saison',
    onFoot: 'Zustieg',
    routes: 'Routen',
    route: 'Route',
    grade: 'Grad',
    length: 'Länge',
    note: 'Anmerkung',
  },
  minutes: (count) => `${count} Minuten`,
}

/** The pages' own words in a language; English for any other. */
export function messagesIn(language: string | undefined): Messages {
  return language === 'de' ? german : english
}

/** What a language calls itself. */
export const languageNames: Readonly<Record<string, string>> = { en: 'English', de: 'Deutsch' }
