extension LexiconWords {
  static let german = LexiconWords(
    places: """
      forest: wald, walde, waldes, wälder, wäldern, dickicht, dschungel, urwald
      meadow: wiese, wiesen, weide, feld, felder, feldern, acker
      mountains: berg, berge, bergen, gebirge, gipfel, klippe, klippen, alm
      hills: hügel, hügeln, anhöhe
      valley: tal, schlucht
      river: fluss, fluß, flusses, bach, ufer, strom
      lake: see, weiher, teich
      sea: meer, meeres, ozean, wellen
      beach: strand, küste, dünen
      island: insel
      desert: wüste
      swamp: sumpf, moor
      garden: garten, hof, obstgarten
      park: park, spielplatz
      village: dorf, dorfe, dorfes
      town: stadtplatz, marktplatz, markt, städtchen
      city: stadt, straße, straßen, gasse, gassen, dächer, dächern
      road: weg, pfad, landstraße, brücke
      castle: schloss, schloß, burg, palast, thronsaal
      tower: turm, leuchtturm
      house: haus, hause, häuschen, hütte, heim
      kitchen: küche
      bedroom: schlafzimmer, bett, kinderzimmer
      room: zimmer, stube, wohnzimmer, saal, halle, dachboden, flur
      cellar: keller, kerker, verlies
      library: bibliothek, bücherei
      school: schule, klassenzimmer
      church: kirche, kapelle, tempel, dom
      tavern: wirtshaus, gasthaus, schenke
      café: café, bäckerei, restaurant
      shop: laden, geschäft, werkstatt
      office: büro
      hospital: krankenhaus
      station: bahnhof, bahnsteig
      train: zug, waggon
      ship: schiff, boot, deck
      harbour: hafen, steg, kai
      farm: bauernhof, scheune, stall
      cave: höhle, tunnel, bau, stollen
      graveyard: friedhof
      spaceship: raumschiff, rakete, raumstation
      outer space: weltraum, weltall
      sky: himmel, wolken
      """,
    times: """
      dawn: morgengrauen, morgendämmerung, sonnenaufgang
      morning: morgen, morgens, vormittag, frühstück
      noon: mittag, mittags
      afternoon: nachmittag, nachmittags
      evening: abend, abends, abenddämmerung, dämmerung
      sunset: sonnenuntergang
      night: nacht, nachts, mitternacht, mondlicht, mondschein
      winter: winter
      summer: sommer
      autumn: herbst
      spring: frühling, frühjahr
      """,
    weather: """
      rain: regen, regnete, regnet, nieselregen, regnerisch
      snow: schnee, schneite, schneit, schneeflocken, schneesturm
      storm: sturm, gewitter, donner, blitz, blitze, unwetter
      fog: nebel, neblig, dunst
      wind: wind, windig
      sunshine: sonnenschein, sonnig, sonnenlicht
      overcast sky: bewölkt, wolkig
      """,
    beings: [
      (
        [.masculine],
        """
        mann junge könig prinz vater großvater bruder sohn onkel opa zauberer ritter mönch fischer
        bauer jäger schmied soldat kapitän seemann matrose hirte müller bäcker riese zwerg lehrer
        arzt wanderer dieb wächter uhrmacher freund fuchs wolf bär hase hirsch rabe kater hund esel
        igel dachs biber vogel spatz schwan hahn adler fisch wal delfin frosch drache löwe tiger
        elefant affe pinguin schmetterling roboter geist schneemann
        """
      ),
      (
        [.feminine],
        """
        frau königin prinzessin mutter großmutter schwester tochter tante oma hexe nonne dame fee
        lehrerin ärztin freundin bäckerin fischerin eule krähe katze kuh ziege maus ratte ente gans
        henne schildkröte schlange spinne biene ameise schnecke
        """
      ),
      ([.neuter, .feminine], "mädchen"),
      ([.neuter, .masculine, .feminine], "kind baby"),
      (
        [.neuter], "pferd pony reh schaf lamm schwein eichhörnchen einhorn monster"
      ),
      ([.plural], "kinder leute menschen jungen soldaten vögel freunde"),
    ],
    pronouns: ["er": [.masculine], "sie": [.feminine, .plural]],
    toward:
      "in im ins am an auf durch über bei beim neben nahe unter zu zum zur entlang hinter vor aufs ans nach erreichte erreichten betrat betraten",
    away: "von vom aus ohne wie als namens verließ",
    articles:
      "der die das den dem des ein eine einen einem einer eines sein seine seinen ihr ihre ihren mein dein dieser diese dieses zwei drei",
    nextDay: "nächsten nächster folgenden morgen später",
    flashback: "erinnerte träumte",
    endings: "hörte vorbei aufhörte verzog legte schmolz",
    plain: """
      sagte fragte antwortete dachte wusste sehr ganz wirklich nur so auch sogar noch dann jetzt
      wieder immer nie niemals vielleicht fast etwas nichts alles würde könnte sollte mich dich uns
      euch ihnen ihm ihn denn weil wenn als dass ob doch mal ja nein ach eben schon
      """)
}
