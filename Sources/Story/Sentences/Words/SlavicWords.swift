extension LanguageWords {
  static let polish = LanguageWords(
    open:
      "dr prof mgr inż hab ks św o br s np m.in tzn tj tzw ok pt im gen płk mjr kpt por ul al pl os bł bałt prok red",
    beforeNumber: "nr s str rozdz t tom art ust pkt rys tel godz ok",
    closing: "itd itp etc r w m.in p.n.e n.e tys mln mld zł gr",
    starters: """
      on ona ono oni one ja ty my wy to ten ta te ci i a ale lecz albo więc potem wtedy kiedy gdy jeśli
      gdzie kto co dlaczego jak w we na z ze do od po przed za pod nad przy nie tak tu tam teraz był
      była było byli jest są wszyscy nikt nagle wreszcie
      """,
    headings: "rozdział część księga akt scena tom",
    hasOrdinals: true)

  static let czech = LanguageWords(
    open:
      "dr prof mgr ing bc judr mudr phdr rndr sv p pí sl tj tzn tzv např mj atp. cca resp popř p.t",
    beforeNumber: "č čís s str kap sv obr tel odst písm",
    closing: "atd apod aj etc r stol př.n.l n.l tis mil mld s.r.o a.s hod min",
    starters: """
      on ona ono oni já ty my vy to ten ta ti i a ale nebo tak pak potom když jestli kde kdo co proč jak
      v ve na z ze do od po před za pod nad při ne ano tu tam teď byl byla bylo byli je jsou všichni
      nikdo najednou konečně
      """,
    headings: "kapitola část kniha dějství scéna díl",
    hasOrdinals: true)

  static let slovak = LanguageWords(
    open:
      "dr prof mgr ing bc judr mudr phdr rndr sv p pí sl tj tzn tzv napr mj cca resp popr s r o s.r",
    beforeNumber: "č čís s str kap zv obr tel ods písm",
    closing: "atď apod etc r stor pred.n.l n.l tis mil mld s.r.o a.s hod min",
    starters: """
      on ona ono oni ja ty my vy to ten tá tí i a ale alebo tak potom keď ak kde kto čo prečo ako v vo
      na z zo do od po pred za pod nad pri nie áno tu tam teraz bol bola bolo boli je sú všetci nikto
      zrazu konečne
      """,
    headings: "kapitola časť kniha dejstvo scéna diel",
    hasOrdinals: true)

  static let croatian = LanguageWords(
    open: "dr prof mr ing sv g gđa gđica npr tj tzv sl ga",
    beforeNumber: "br str gl čl sv",
    closing: "itd itd i.t.d god st pr.kr po.kr",
    starters:
      "on ona ono oni ja ti mi vi to taj ta i a ali ili pa onda kad ako gdje tko što zašto kako u na s iz od do po pred za pod nad ne da tu tamo sada bio bila je su svi nitko",
    headings: "poglavlje dio knjiga čin prizor",
    hasOrdinals: true)

  static let serbian = LanguageWords(
    open: "др проф г гђа св нпр тј тзв",
    beforeNumber: "бр стр гл чл",
    closing: "итд год",
    starters:
      "он она оно они ја ти ми ви то тај та и а али или па онда кад ако где ко шта зашто како у на с из од до по пред за не да",
    headings: "поглавље део књига чин",
    hasOrdinals: true)

  static let russian = LanguageWords(
    open: """
      г гг г-н г-жа гос гр тов проф акад доц д-р св им ул пр пл пер просп наб д кв корп обл р-н пос с
      пгт дер ст стр рис см напр т.е т.н т.к куб кв руб коп тыс млн млрд ок
      """,
    beforeNumber: "№ стр с гл т рис табл п ст тел ок",
    closing: "др пр и.т.д т.д т.п и.т.п т.г н.э до.н.э у.е долл дол руб коп",
    starters: """
      он она оно они я ты мы вы это этот эта эти тот та те и а но или да потом тогда когда если где кто
      что почему как в во на с со к ко от до по за под над при из у о об не нет вот тут там теперь был
      была было были все никто вдруг наконец
      """,
    headings: "глава часть книга акт действие сцена том")

  static let ukrainian = LanguageWords(
    open:
      "п пп проф акад доц д-р св ім вул пл просп буд кв обл р-н с смт стор рис див напр т.з г м",
    beforeNumber: "№ с ст гл рис табл п тел",
    closing: "др ін т.д т.п рр р н.е грн коп",
    starters:
      "він вона воно вони я ти ми ви це цей ця ці той та і й а але або потім тоді коли якщо де хто що чому як у в на з із до від по за під над при не ні ось тут там тепер був була було були всі ніхто",
    headings: "глава розділ частина книга дія сцена том")

  static let bulgarian = LanguageWords(
    open: "г гр гра г-н г-жа проф акад доц д-р св ул бул пл обл с вж напр т.г т.нар т.е вкл",
    beforeNumber: "№ с стр гл т рис табл п чл ал тел",
    closing: "др пр т.н и.т.н лв ст",
    starters:
      "той тя то те аз ти ние вие това този тази тези и а но или после тогава когато ако къде кой какво защо как в на с от до по за под над при не да ето тук там сега беше бяха всички никой",
    headings: "глава част книга действие сцена том")

  static let kazakh = LanguageWords(
    open: "т.б т б.з.б б.з проф акад ж г",
    beforeNumber: "№ б",
    closing: "т.с.с",
    starters: "ол олар мен сен біз сіз бұл осы сол және бірақ содан кейін қашан қайда кім не")
}
