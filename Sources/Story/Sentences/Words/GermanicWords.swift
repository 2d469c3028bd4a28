extension LanguageWords {
  static let dutch = LanguageWords(
    open: """
      dhr mevr mw mej dr prof ir ing drs mr ds st jhr bijv bv b.v d.w.z o.a z.g ca evt incl excl
      m.b.t t.o.v i.p.v aanw vnw resp nl
      """,
    beforeNumber: "nr nrs blz p pag art fig tel hfst jan feb mrt apr jun jul aug sep okt nov dec",
    closing: "enz etc e.d b.v n.v e.a jl a.u.b",
    starters: """
      de het een hij zij ze wij we jij je ik u dit dat deze die er en maar of want toen dan daarna
      als terwijl omdat waar wie wat hoe waarom in op aan met van naar bij voor na door over onder
      niet geen nu hier daar was is zijn haar mijn alle iedereen niemand plotseling eindelijk
      """,
    headings: "hoofdstuk deel boek akte scène",
    hasOrdinals: false)

  static let danish = LanguageWords(
    open: "hr fru frk dr prof skt st sct f.eks bl.a ca pga mht evt inkl ekskl d.v.s dvs kgl afd",
    beforeNumber: "nr s p kap art fig tlf bd jan feb mar apr jun jul aug sep sept okt nov dec kl",
    closing: "osv m.m m.v etc mfl m.fl o.l co a/s f.kr e.kr",
    starters: """
      den det de en et han hun jeg du vi i og men eller så da når hvis hvor hvad hvem hvorfor hvordan
      her der nu ikke ingen alle på af til fra med om efter før under over ved min din sin hans hendes
      """,
    headings: "kapitel del bog akt scene",
    hasOrdinals: true)

  static let swedish = LanguageWords(
    open:
      "hr fru frk dr prof s:t s:ta st t.ex bl.a d.v.s dvs ca kl fr.o.m t.o.m p.g.a ev inkl exkl",
    beforeNumber: "nr s sid kap art fig tel kl jan feb mar apr jun jul aug sep sept okt nov dec",
    closing: "osv o.s.v m.m m.fl etc f.kr e.kr",
    starters:
      "den det de en ett han hon jag du vi ni och men eller så då när om var vad vem varför hur här där nu inte ingen alla på av till från med efter före under över vid min din sin hans hennes",
    headings: "kapitel del bok akt scen")

  static let finnish = LanguageWords(
    open: "esim mm ts ns n tri prof rva hra nti ent ao em v ko",
    beforeNumber: "nro s sivu ks",
    closing: "jne ym yms jms eaa jaa eKr jKr klo",
    starters:
      "hän he se ne minä sinä me te tämä tuo ja mutta tai sitten kun jos missä mikä kuka miksi miten nyt ei on oli kaikki",
    headings: "luku osa kirja",
    hasOrdinals: true)
}
