extension LexiconWords {
  static let french = LexiconWords(
    places: """
      forest: forêt, forêts, bois, jungle
      meadow: prairie, pré, prés, champ, champs
      mountains: montagne, montagnes, sommet, falaise
      hills: colline, collines
      valley: vallée
      river: rivière, fleuve, ruisseau
      lake: lac, étang
      sea: mer, océan, vagues
      beach: plage, rivage, côte
      island: île
      desert: désert
      garden: jardin, verger
      park: parc
      village: village
      town: marché, place
      city: ville, rue, rues, ruelle, toits
      road: chemin, route, sentier, pont
      castle: château, palais
      tower: tour, phare
      house: maison, cabane, chaumière
      kitchen: cuisine
      bedroom: chambre, lit
      room: salon, pièce, grenier, salle
      cellar: cave
      library: bibliothèque
      school: école, classe
      church: église, chapelle
      tavern: auberge, taverne
      shop: boutique, atelier, boulangerie
      station: gare, quai
      train: train
      ship: bateau, navire
      harbour: port
      farm: ferme, grange, étable
      cave: grotte, caverne, terrier
      sky: ciel
      """,
    times: """
      dawn: aube, aurore
      morning: matin, matinée
      noon: midi
      afternoon: après-midi
      evening: soir, soirée, crépuscule
      night: nuit, minuit
      winter: hiver
      summer: été
      autumn: automne
      spring: printemps
      """,
    weather: """
      rain: pluie, pleuvait, pleut
      snow: neige, neigeait
      storm: orage, tempête, tonnerre
      fog: brouillard, brume
      wind: vent
      sunshine: ensoleillé
      """,
    beings: [
      (
        [.masculine],
        """
        homme garçon roi prince père frère fils oncle pêcheur chasseur soldat capitaine berger renard
        loup ours lapin cerf hibou corbeau chat chien cheval âne oiseau poisson dragon lion robot
        """
      ),
      (
        [.feminine],
        """
        femme fille fillette reine princesse mère sœur tante sorcière dame fée chouette vache chèvre
        souris poule grenouille tortue
        """
      ),
      ([.masculine, .feminine], "enfant bébé"),
      ([.plural], "enfants gens soldats"),
    ],
    pronouns: ["il": [.masculine], "elle": [.feminine], "ils": [.plural], "elles": [.plural]],
    toward: "dans à au aux sur en par vers sous près chez devant derrière jusqu'à",
    away: "de du des d' sans comme quitta",
    articles: "le la les un une des l' son sa ses ce cette mon ma deux trois",
    nextDay: "lendemain demain suivant",
    endings: "cessa arrêta",
    plain:
      "dit demanda répondit très bien aussi encore toujours jamais rien tout peut-être si comme quand alors oui non ah oh"
  )

  static let spanish = LexiconWords(
    places: """
      forest: bosque, bosques, selva
      meadow: prado, campo, campos, pradera
      mountains: montaña, montañas, cima, acantilado
      hills: colina, colinas
      valley: valle
      river: río, arroyo
      lake: lago, estanque
      sea: mar, océano, olas
      beach: playa, orilla, costa
      island: isla
      desert: desierto
      garden: jardín, huerto
      park: parque
      village: aldea, pueblo
      town: mercado, plaza
      city: ciudad, calle, calles, callejón
      road: camino, sendero, carretera, puente
      castle: castillo, palacio
      tower: torre, faro
      house: casa, cabaña, choza
      kitchen: cocina
      bedroom: dormitorio, cama, alcoba
      room: habitación, cuarto, sala, salón, desván
      cellar: sótano
      library: biblioteca
      school: escuela
      church: iglesia, capilla
      tavern: taberna, posada
      shop: tienda, taller, panadería
      station: estación, andén
      train: tren
      ship: barco, nave
      harbour: puerto, muelle
      farm: granja, granero, establo
      cave: cueva, caverna, madriguera
      sky: cielo
      """,
    times: """
      dawn: amanecer, alba, madrugada
      morning: mañana
      noon: mediodía
      afternoon: tarde
      evening: anochecer, atardecer, crepúsculo
      night: noche, medianoche
      winter: invierno
      summer: verano
      autumn: otoño
      spring: primavera
      """,
    weather: """
      rain: lluvia, llovía, llueve
      snow: nieve, nevaba
      storm: tormenta, tempestad, trueno
      fog: niebla, bruma
      wind: viento
      sunshine: soleado
      """,
    beings: [
      (
        [.masculine],
        """
        hombre niño muchacho rey príncipe padre abuelo hermano hijo tío pescador cazador soldado
        capitán pastor zorro lobo oso conejo ciervo búho cuervo gato perro caballo burro pájaro pez
        dragón león robot
        """
      ),
      (
        [.feminine],
        """
        mujer niña muchacha reina princesa madre abuela hermana hija tía bruja dama hada lechuza vaca
        cabra rana tortuga gallina
        """
      ),
      ([.plural], "niños niñas soldados"),
    ],
    pronouns: ["él": [.masculine], "ella": [.feminine], "ellos": [.plural], "ellas": [.plural]],
    toward: "en al a por hacia hasta sobre bajo junto cerca entre dentro",
    away: "de del sin como",
    articles: "el la los las un una unos unas su sus este esta mi dos tres",
    nextDay: "siguiente mañana",
    endings: "cesó paró",
    plain:
      "dijo preguntó respondió muy bien también aún siempre nunca nada todo quizás si como cuando entonces sí no ay oh"
  )
}
