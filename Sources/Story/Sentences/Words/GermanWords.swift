extension LanguageWords {
  static let german = LanguageWords(
    open: """
      hr hrn fr frl dr prof med phil jur theol rer nat dipl ing mag st hl sr z.b z.t z.zt z.z u.a
      d.h i.d.r u.u v.a o.g s.o s.u m.e bzw ca evtl ggf vgl sog inkl exkl zzgl bspw insb mind max
      min gest geb gen ehem kath evang ev amtl allg betr bes dt engl frz ital lat griech span russ
      nördl südl östl westl sen jun verh led gegr hrsg vers d.i i.e z u i.a a.d e.v.a k.u.k kgl
      o.ä.d tgl jhdt-anf zus z.hd z.hd.v abt stud usw.s u.z a d h b t
      """,
    beforeNumber: """
      nr nrn s seite bd bde kap abs art abb tab vers str pos ziff anm aufl bl hft jg lfg rdnr ab
      jan feb mär apr jun jul aug sept okt nov dez
      """,
    closing: """
      usw etc u.ä o.ä u.s.w u.dgl dgl str jh jhs jhd jhdt mio mrd tsd std min sek uhr jan feb mär
      apr jun jul aug sep sept okt nov dez mo di mi do fr sa so ag gmbh co e.v n.chr v.chr tel
      """,
    starters: """
      der die das den dem des ein eine einen einem einer eines er sie es wir ihr ich du man sein
      seine seinen seinem seiner ihre ihren ihrem ihrer mein meine meinen dein deine unser unsere
      dieser diese dieses diesen diesem jener jene jenes und aber oder doch denn da dann danach dort
      hier nun jetzt als wenn während nachdem bevor weil obwohl damit so auch nur noch nicht kein
      keine in im am an auf aus bei mit nach von vom vor zu zum zur über unter hinter neben durch
      für gegen ohne um bis seit was wer wie wo warum wann woher wohin welche welcher welches
      ist sind war waren hat haben hatte hatten wird werden wurde wurden kann konnte muss musste
      soll sollte will wollte alle alles viele einige manche jeder jede jedes niemand jemand etwas
      nichts plötzlich endlich bald später heute morgen gestern abends nachts früh einst eines
      trotzdem deshalb darum dabei dazu daher außerdem vielleicht ja nein ach oh komm bitte beide
      zwei drei zuerst zuletzt schließlich zudem irgendwo irgendwann draußen drinnen oben unten
      """,
    headings: "kapitel teil buch akt szene band abschnitt gesang brief",
    hasOrdinals: true)
}
