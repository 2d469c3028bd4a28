extension LanguageWords {
  static let french = LanguageWords(
    open: """
      m mm mme mmes mlle mlles mgr dr pr st ste sts me ve cf env av apr ex p.ex c.-à-d c.à.d c-à-d
      """,
    beforeNumber: "n° no nos p pp art chap vol t fig al éd v § tél ch",
    closing: "etc cie s.a s.a.r.l janv févr juil sept oct nov déc bd boul av j.-c apr.j.-c",
    starters: """
      le la les un une des du de il elle ils elles on nous vous je tu ce cet cette ces son sa ses
      leur leurs mon ma mes ton ta tes notre votre et mais ou or donc car puis alors quand lorsque
      comme si où qui que quoi dans sur sous avec sans pour par chez vers après avant depuis pendant
      à au aux en y ne pas tout tous toute toutes rien personne soudain enfin bientôt ici là hier
      demain aujourd'hui oui non ah oh c'est c'était l'homme il y
      """,
    headings: "chapitre partie livre acte scène tome chant",
    speech: "dit-il dit-elle dit demanda répondit cria murmura")

  static let spanish = LanguageWords(
    open: """
      sr sra sres sras srta srtas dr dra dres d dña prof profa lic ing arq st sta sto fr p.ej ej
      aprox admón gral cap cnel tte sgto mons excmo excma ilmo ilma ud uds vd vds hnos mt cra ee
      """,
    beforeNumber:
      "no nº n° núm núms pág págs p pp art arts cap vol t fig tel párr párrf ext av mar",
    closing: """
      etc ee.uu s.a s.l cía a.c d.c ene feb mar abr may jun jul ago sep sept set oct nov dic
      lun mié jue vie sáb dom hs hrs min km kg
      """,
    starters: """
      el la los las un una unos unas él ella ellos ellas yo tú usted ustedes nosotros esto este esta
      estos estas ese esa eso aquel aquella su sus mi mis tu tus y pero o entonces luego cuando
      mientras como si donde quien que qué quién cómo dónde cuándo por para con sin sobre en de del
      al a desde hasta hacia entre tras después antes ya no sí nada nadie todo todos todas algo
      alguien de pronto allí aquí ahora hoy ayer mañana era es fue había hay
      """,
    headings: "capítulo parte libro acto escena tomo canto",
    speech: "dijo preguntó respondió gritó")

  static let italian = LanguageWords(
    open: """
      sig sigg sig.ra sig.na sig.re dott dott.ssa dr prof prof.ssa avv ing arch geom rag on sen gen
      col cap ten mons don p.es ad es es ecc.mo egr gent spett st dir amm cav comm psicol econ v.cte
      s ss fr d f.lli
      """,
    beforeNumber: "n nn nr pag pagg p pp art artt cap vol fig tel mar lun mer gio ven sab dom",
    closing: "ecc etc s.p.a s.r.l a.c d.c gen feb mar apr mag giu lug ago set sett ott nov dic",
    starters: """
      il lo la i gli le un uno una egli lui lei loro io tu noi voi questo questa questi queste quello
      quella suo sua suoi sue mio mia e ed ma o poi allora quando mentre come se dove chi che cosa
      perché per con senza su sul sulla in nel nella di del della da dal dalla al alla a dopo prima
      fino tra fra non sì no niente nessuno tutto tutti ecco qui là oggi ieri domani era è fu c'era
      """,
    headings: "capitolo parte libro atto scena canto volume",
    speech: "disse chiese rispose gridò esclamò")

  static let portuguese = LanguageWords(
    open: "sr sra srs sras srta dr dra d dona prof profa eng exmo exma st sto sta p.ex ex",
    beforeNumber: "n nº n° núm pág págs p pp art cap vol fig tel",
    closing: "etc s.a ltda cia a.c d.c jan fev mar abr mai jun jul ago set out nov dez",
    starters: """
      o a os as um uma ele ela eles elas eu tu você vocês nós isto este esta esse essa aquele aquela
      seu sua meu minha e mas ou então depois quando enquanto como se onde quem que por para com sem
      sobre em no na nos nas de do da dos das ao à até não sim nada ninguém tudo todos agora hoje
      ontem amanhã era é foi havia
      """,
    headings: "capítulo parte livro ato cena canto")

  static let romanian = LanguageWords(
    open: "dl d-l dna d-na dlui dr prof ing sf ex",
    beforeNumber: "nr p pag pp art cap vol fig",
    closing: "etc ș.a ş.a ian feb mar apr iun iul aug sep oct noi dec",
    starters:
      "el ea ei ele eu tu noi voi un o și dar sau apoi când unde cine ce cum în la pe cu de din nu da era este",
    headings: "capitolul partea cartea actul scena")
}
