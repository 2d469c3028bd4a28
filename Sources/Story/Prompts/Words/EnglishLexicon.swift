extension LexiconWords {
  static let english = LexiconWords(
    places: """
      forest: forest, forests, wood, woods, woodland, jungle, thicket
      meadow: meadow, meadows, pasture, field, fields
      mountains: mountain, mountains, peak, cliff, cliffs, ridge, summit
      hills: hill, hills, hilltop, hillside
      valley: valley, canyon, gorge
      river: river, riverbank, stream, brook, creek
      lake: lake, lakeside, pond, lagoon
      sea: sea, ocean, waves
      beach: beach, shore, seaside, coast, dunes
      island: island
      desert: desert
      swamp: swamp, marsh, bog
      snowy plain: tundra, glacier
      garden: garden, orchard, backyard
      park: park, playground
      village: village, hamlet
      town: town, market, marketplace, square, town square
      city: city, street, streets, alley, rooftops, downtown
      road: road, path, lane, trail, highway, bridge
      castle: castle, palace, fortress, throne room
      tower: tower, lighthouse
      house: house, cottage, hut, cabin, home, farmhouse
      kitchen: kitchen
      bedroom: bedroom, bed, nursery
      room: room, living room, hall, hallway, parlour, parlor, attic, dining room
      cellar: cellar, basement, dungeon
      library: library, bookshop
      school: school, classroom
      church: church, chapel, temple, cathedral
      tavern: tavern, inn, pub, bar
      café: café, cafe, restaurant, bakery
      shop: shop, store, workshop
      office: office
      hospital: hospital
      station: station, railway station, platform
      train: train, carriage
      ship: ship, boat, deck
      harbour: harbour, harbor, port, pier, dock
      farm: farm, barn, stable, farmyard
      cave: cave, cavern, tunnel, den, burrow
      graveyard: graveyard, cemetery
      spaceship: spaceship, rocket, space station
      outer space: outer space, space
      the moon: moon base
      underwater: underwater, seabed
      sky: sky, clouds
      """,
    times: """
      dawn: dawn, daybreak, sunrise
      morning: morning, breakfast
      noon: noon, midday
      afternoon: afternoon
      evening: evening, twilight, dusk
      sunset: sunset
      night: night, nightfall, midnight, moonlight, starlight
      winter: winter
      summer: summer
      autumn: autumn
      spring: springtime
      """,
    weather: """
      rain: rain, rained, raining, rainy, drizzle, downpour
      snow: snow, snowed, snowing, snowy, snowflakes, blizzard
      storm: storm, stormy, thunder, lightning, thunderstorm, gale
      fog: fog, foggy, mist, misty, haze
      wind: windy, wind
      sunshine: sunny, sunshine, sunlight
      overcast sky: overcast, cloudy
      """,
    beings: [
      (
        [.masculine],
        """
        man boy king prince father grandfather brother son uncle grandpa dad wizard knight monk
        fisherman farmer hunter blacksmith soldier captain sailor shepherd lad gentleman husband
        postman giant emperor
        """
      ),
      (
        [.feminine],
        """
        woman girl queen princess mother grandmother sister daughter aunt grandma mum mom witch nun
        lady wife empress maid mermaid fairy
        """
      ),
      (
        [.masculine, .feminine],
        """
        child baby doctor teacher baker keeper stranger traveller traveler thief guard artist
        painter student astronaut pilot driver neighbour neighbor friend clockmaker miller
        """
      ),
      (
        [.masculine, .feminine, .neuter],
        """
        fox wolf bear rabbit hare deer stag owl crow raven cat kitten dog puppy horse pony donkey cow
        goat sheep lamb pig mouse rat squirrel hedgehog badger otter beaver bird sparrow robin swan
        duck goose hen rooster eagle hawk fish whale dolphin shark turtle frog toad snake lizard
        dragon unicorn lion tiger elephant monkey giraffe crocodile penguin seal bee butterfly
        spider ant snail robot ghost monster snowman dinosaur
        """
      ),
      (
        [.plural],
        "children boys girls people villagers soldiers sailors foxes wolves birds friends"
      ),
    ],
    pronouns: [
      "he": [.masculine], "she": [.feminine], "it": [.neuter], "they": [.plural],
    ],
    toward:
      "in into inside at on onto through across along by beside near under to toward towards reached entered above over behind around within outside",
    away: "of from about like left off without than called named",
    articles: "a an the his her its their my your our some this that one two three",
    nextDay: "next following tomorrow later",
    flashback: "had remembered dreamed dreamt",
    endings: "stopped cleared ended ceased passed over gone melted",
    plain: """
      said asked replied answered thought knew very quite really just so too also even still then
      now again always never ever perhaps maybe almost something nothing everything anything
      would could should did does been being am i you we us our them those these how why when where
      which while because if or than though although about into than yes no oh well do don't i'm
      """)
}
