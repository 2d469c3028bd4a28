extension LanguageWords {
  static let english = LanguageWords(
    open: """
      mr mrs ms messrs mx dr prof st mt ft rev hon gen col maj capt cpt cmdr lt sgt cpl pvt adm
      gov sen rep pres supt det insp det.insp fr br sr.dr ven bro msgr e.g i.e f.e viz vs v cf
      al a.k.a p.s n.b approx asst assoc hwy rte misc incl excl pop orig resp
      """,
    beforeNumber: """
      no nos p pp vol vols fig figs ch chap sec sect art para pt app eq ex ed v vv l ll rs bk
      verse c ca jan feb mar apr jun jul aug sep sept oct nov dec nr par op
      """,
    closing: """
      etc co inc ltd corp jr sr esq bros ave blvd rd apt dept univ est mass mon tue tues wed
      thu thur thurs fri sat sun ind penn calif ariz colo conn ed m.d b.a m.a ph.d.s no.s ft in
      lb lbs oz hr hrs min mins sec secs st
      """,
    starters: """
      the a an he she it they we you his her its their our my your this that these those there here
      and but or so yet nor then when while where what who why how which whose if as at in on
      after before since until once though although because for from with without by to of into
      did do does is are was were has have had can could would should shall must might not no yes
      all some many most few several both each every one two three another other others someone
      everyone everything nothing nobody somebody soon later suddenly finally still even just now
      today tomorrow yesterday meanwhile perhaps maybe well oh please i i'm i've i'll i'd it's he's
      she's they're we're you're that's there's what's who's let let's don't didn't inside outside
      behind above below beneath under over near far across down up out through never always
      """,
    headings:
      "chapter part book canto act scene volume section stave letter prologue epilogue day night",
    speech: """
      said says say asked asks ask cried cries replied replies shouted shouts whispered whispers
      answered answers called calls yelled yells screamed screams murmured murmurs muttered mutters
      exclaimed exclaims added adds began begins continued continues explained repeated sighed
      laughed sobbed groaned growled hissed roared snapped sang sings declared demanded insisted
      protested pleaded begged warned promised announced agreed admitted remarked observed thought
      wondered inquired enquired queried interrupted mumbled stammered stuttered gasped breathed
      croaked squeaked barked bellowed boomed chirped purred howled wailed whimpered whined
      grumbled grunted teased joked suggested responded returned retorted urged shrieked squealed
      piped chimed commanded ordered told concluded finished went crowed cooed drawled hooted
      """)
}
