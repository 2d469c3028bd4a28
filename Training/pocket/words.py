"""Words of the captions, English and German: how place, time, weather and the rest are said."""

# place -> (English phrases, German phrases, bare words that a story appends as context)
PLACES = {
    "meadow": (["in the meadow", "across the meadow", "over the field", "in the fields", "through the tall grass", "in a green meadow",
                "on the grass", "in the garden", "through the garden", "on a farm", "over the green hills", "in the park"],
               ["auf der Wiese", "über die Wiese", "auf dem Feld", "durch das hohe Gras", "im Garten", "auf einer grünen Wiese", "im Park"],
               ["meadow", "field", "garden", "Wiese", "Garten", "park", "grass"]),
    "forest": (["in the forest", "through the forest", "into the woods", "in the deep woods", "deep in the forest", "among the trees",
                "at the edge of the forest", "in a dark forest", "between the pines", "under the tall trees", "in the wood", "out of the forest"],
               ["im Wald", "durch den Wald", "in den Wald", "tief im Wald", "am Waldrand", "zwischen den Bäumen", "im dunklen Wald", "aus dem Wald"],
               ["forest", "woods", "Wald", "deep forest", "pine forest"]),
    "sea": (["by the sea", "on the beach", "at the shore", "along the beach", "over the sea", "on the ocean", "in the harbour", "near the water",
             "on the sand by the sea", "across the sea", "on the waves", "to the sea", "at the harbor", "on the coast", "on the island", "by the ocean"],
            ["am Meer", "am Strand", "an der Küste", "über das Meer", "auf dem Meer", "im Hafen", "auf den Wellen", "zum Meer", "am Wasser", "auf der Insel"],
            ["sea", "beach", "ocean", "shore", "Meer", "Strand", "harbour", "coast"]),
    "mountains": (["in the mountains", "over the mountains", "on the mountain", "up the mountain", "below the peaks", "in a mountain valley",
                   "at the foot of the mountain", "among the peaks", "high in the mountains", "to the mountains", "on the cliff"],
                  ["in den Bergen", "auf dem Berg", "über die Berge", "am Fuß der Berge", "im Gebirge", "unter den Gipfeln", "auf den Berg"],
                  ["mountains", "mountain", "Berge", "peaks", "Gebirge", "Berg"]),
    "village": (["in the village", "through the village", "in a small village", "to the village", "on the village road", "between the cottages",
                 "at the edge of the village", "in the village square", "past the little houses", "from the village"],
                ["im Dorf", "durch das Dorf", "in einem kleinen Dorf", "ins Dorf", "auf dem Dorfplatz", "am Rand des Dorfes"],
                ["village", "Dorf", "small village", "village square"]),
    "city": (["in the city", "in the town", "through the city", "on the street", "down the street", "through the streets", "in a big city",
              "between the tall buildings", "over the roofs of the city", "in town", "to the city", "downtown"],
             ["in der Stadt", "durch die Stadt", "auf der Straße", "durch die Straßen", "zwischen den Hochhäusern", "in die Stadt", "über den Dächern der Stadt"],
             ["city", "town", "street", "Stadt", "streets", "Straße"]),
    "desert": (["in the desert", "through the desert", "across the desert", "over the dunes", "on a dune", "across the hot sand", "among the cactuses",
                "into the desert"],
               ["in der Wüste", "durch die Wüste", "über die Dünen", "auf einer Düne", "in die Wüste"],
               ["desert", "dunes", "Wüste", "Dünen"]),
    "snow": (["in the snow", "through the snow", "over the snow", "across the ice", "on the ice", "in the snowy field", "in the white winter land",
              "on a snowy hill", "in the frozen north", "over the frozen lake", "in winter", "across the snowy plain"],
             ["im Schnee", "durch den Schnee", "auf dem Eis", "im Winter", "auf dem verschneiten Hügel", "über das Eis"],
             ["snow", "winter", "ice", "Schnee", "Winter", "snowy field", "Eis"]),
    "river": (["by the river", "at the lake", "along the river", "on the bank", "by the stream", "beside the pond", "on the riverbank", "across the lake",
               "at the edge of the pond", "by a quiet lake", "over the river", "near the brook"],
              ["am Fluss", "am See", "am Ufer", "am Bach", "am Teich", "über den Fluss", "an einem stillen See"],
              ["river", "lake", "pond", "Fluss", "See", "stream", "riverbank"]),
    "jungle": (["in the jungle", "through the jungle", "in the rainforest", "under the palms", "among the palm trees", "deep in the jungle", "in the tropics"],
               ["im Dschungel", "durch den Dschungel", "im Urwald", "unter den Palmen", "tief im Dschungel"],
               ["jungle", "rainforest", "Dschungel", "palms", "Urwald", "tropics"]),
    "cave": (["in the cave", "inside the cave", "in a dark cave", "in the tunnel", "under the rocks", "at the mouth of the cave", "out of the cave", "in the den", "under the earth"],
             ["in der Höhle", "in einer dunklen Höhle", "aus der Höhle", "im Tunnel", "unter der Erde"],
             ["cave", "cavern", "Höhle", "tunnel", "dark cave"]),
    "room": (["in the room", "in the bedroom", "at home", "in the kitchen", "by the window", "in the living room", "inside the house", "in her room", "on the carpet",
              "in a cosy room", "indoors", "in the nursery", "beside the bed"],
             ["im Zimmer", "in der Küche", "am Fenster", "zu Hause", "im Wohnzimmer", "im Schlafzimmer", "auf dem Teppich", "in der Stube"],
             ["room", "bedroom", "indoors", "Zimmer", "kitchen", "cosy room", "Stube"]),
}
TIMES = {
    "day": (["in the afternoon", "at noon", "that day", "one day", "during the day", "on a bright day", "by daylight", "in the sunshine", "all day"],
            ["am Tag", "am Nachmittag", "mittags", "eines Tages", "im Sonnenschein"], ["day", "daylight", "Tag", "noon", "afternoon", "daytime"]),
    "morning": (["in the morning", "at dawn", "at sunrise", "early in the morning", "one morning", "the next morning", "at daybreak",
                 "when the sun came up", "when the sun rose"],
                ["am Morgen", "im Morgengrauen", "früh am Morgen", "eines Morgens", "bei Sonnenaufgang", "am nächsten Morgen"],
                ["morning", "dawn", "sunrise", "Morgen", "early morning"]),
    "evening": (["in the evening", "at sunset", "at dusk", "that evening", "one evening", "when the sun went down", "in the golden light of the evening", "as the sun set", "at twilight"],
                ["am Abend", "bei Sonnenuntergang", "in der Dämmerung", "eines Abends", "als die Sonne unterging"],
                ["evening", "sunset", "dusk", "Abend", "twilight"]),
    "night": (["at night", "in the night", "under the stars", "in the moonlight", "at midnight", "one night", "that night", "under the moon",
               "late at night", "in the dark night", "all night", "when the moon rose", "by the light of the moon"],
              ["in der Nacht", "nachts", "bei Nacht", "unter den Sternen", "im Mondlicht", "um Mitternacht", "eines Nachts", "unter dem Mond"],
              ["night", "midnight", "Nacht", "moonlight", "starry night", "dark night"]),
}
WEATHERS = {
    "clear": (["under a clear sky", "in fine weather"], ["bei klarem Himmel", "bei schönem Wetter"], ["clear", "clear sky", "sunny"]),
    "rain": (["in the rain", "in the pouring rain", "while it rained", "in a storm", "on a rainy day", "through the rain", "and rain was falling", "in the thunderstorm"],
             ["im Regen", "bei Regen", "während es regnete", "im Sturm", "im Gewitter"], ["rain", "rainy", "storm", "Regen", "raining"]),
    "snowfall": (["while it snowed", "in the falling snow", "while snow was falling", "as snowflakes fell", "in the snowfall", "in a snowstorm"],
                 ["während es schneite", "bei Schneefall", "im Schneesturm", "im Schneegestöber"], ["snowing", "snowfall", "falling snow", "Schneefall", "snowflakes"]),
    "fog": (["in the fog", "in the mist", "through the fog", "in thick fog", "on a foggy day", "in the morning mist" ],
            ["im Nebel", "durch den Nebel", "im dichten Nebel"], ["fog", "mist", "foggy", "Nebel", "misty"]),
}
# Whole clauses that state the weather or the time on their own.
CLAUSES = {
    ("weather", "rain"): ["It was raining", "Rain fell", "It rained and rained", "A storm came", "Es regnete", "Der Regen fiel"],
    ("weather", "snowfall"): ["It was snowing", "Snow fell softly", "Snowflakes danced in the air", "Es schneite", "Schneeflocken fielen"],
    ("weather", "fog"): ["Fog lay over everything", "The mist was thick", "Nebel lag über allem", "Der Nebel war dicht", "A grey fog rose"],
    ("time", "night"): ["Night fell", "The stars came out", "The moon shone", "It was night", "It was dark", "Es war Nacht", "Der Mond schien", "Die Sterne funkelten"],
    ("time", "evening"): ["The sun went down", "Evening came", "It was evening", "Es wurde Abend", "Die Sonne ging unter", "The sky turned orange"],
    ("time", "morning"): ["The sun rose", "Morning came", "A new morning began", "Die Sonne ging auf", "Der Morgen kam", "Es war Morgen"],
    ("time", "day"): ["It was a bright day", "The sun stood high", "Es war ein heller Tag", "It was noon"],
}
SIZES = {"normal": (["", "", "", "old", "brave", "quiet", "lonely", "tired", "happy", "curious", "gentle", "wise", "sleepy", "young", "clever", "friendly", "beautiful", "sad"],
                    ["", "", "", "alt", "mutig", "müd", "einsam", "froh", "neugierig", "freundlich", "klug", "schön", "jung"]),
         "small": (["small", "little", "tiny", "very small", "little"], ["klein", "winzig", "klein"]),
         "big": (["big", "large", "huge", "giant", "great", "enormous"], ["groß", "riesig", "gewaltig"])}

# colour -> (English, German stem)
COLOURS = {"red": (["red", "red", "scarlet", "crimson"], ["rot"]), "blue": (["blue", "blue", "sky-blue"], ["blau"]),
           "green": (["green"], ["grün"]), "yellow": (["yellow", "yellow", "golden"], ["gelb"])}
CLOTHES = ["coat", "dress", "jacket", "shirt", "cloak", "jumper", "raincoat", "robe"]
GERMAN_CLOTHES = [("Mantel", "m"), ("Kleid", "n"), ("Jacke", "f"), ("Hemd", "n"), ("Umhang", "m"), ("Pullover", "m")]
COUNTS = {"two": (["two", "two", "a pair of", "both", "twin"], ["zwei", "zwei", "zwei", "beide"]),
          "three": (["three", "three", "three", "some", "several", "many", "a group of"], ["drei", "drei", "drei", "einige", "viele"])}
# How two things stand: the left one is told first, or second.
LEFT_FIRST = ["to the left of", "left of", "on the left of"]
RIGHT_FIRST = ["to the right of", "right of", "on the right of"]
NEAR = ["near", "beside", "next to", "close to", "by", "together with", "not far from"]
GERMAN_LEFT_FIRST, GERMAN_RIGHT_FIRST = ["links von", "links neben"], ["rechts von", "rechts neben"]
GERMAN_NEAR = ["neben", "bei", "nahe bei", "zusammen mit", "mit"]

VERBS = ["walked", "ran", "stood", "waited", "slept", "sat", "danced", "played", "sang", "looked around", "was lost", "went on", "wandered", "stopped",
         "rested", "lived", "hid", "came", "smiled", "jumped", "was sad", "flew", "sailed", "glowed", "shone", "appeared", "could be seen", "was alone",
         "dreamed", "listened", "is walking", "walks", "runs", "sits", "is waiting", "stands", "sleeps", "will wait", "has come", "was happy", "set out", "travels", "ran home", "went home", "opened the door and smiled", "looked down",
         "grew older", "sat down and waited", "turned around", "came back", "sang a song", "was very still"]
DOING = ["carried a basket", "found a key", "heard a song", "looked for a friend", "told a story", "held a letter", "dreamed of a long journey",
         "ate bread and honey", "followed the path", "opened a small door", "lost a shoe", "made a wish", "read a book", "picked up a stone",
         "counted to ten", "wanted to go home", "said nothing", "drank some tea", "wore a blue scarf", "thought about the answer", "waved goodbye",
         "took a deep breath", "asked a question", "closed its eyes", "opened her eyes", "turned his head", "began to laugh", "had no name"]
MEETS = ["met", "saw", "found", "followed", "looked at", "spoke to", "waited for", "played with", "sat beside", "helped", "carried", "greeted", "stood next to",
         "hugged", "listened to", "was talking to"]
MANY = ["walked", "ran", "stood", "waited", "slept", "sat", "danced", "played", "sang", "came", "lived there", "were happy", "met again", "went home",
        "rested", "looked up", "travelled together", "shone", "waited side by side", "are waiting"]
GERMAN_MANY = ["gingen", "liefen", "standen", "warteten", "schliefen", "saßen", "tanzten", "spielten", "sangen", "kamen", "lebten", "ruhten"]
GERMAN_VERBS = ["ging", "lief", "stand", "wartete", "schlief", "saß", "tanzte", "spielte", "sang", "kam", "lebte", "lag", "träumte", "wanderte", "geht", "läuft",
                "wartet", "steht", "leuchtete", "flog", "segelte", "ruhte", "versteckte sich", "freute sich"]
GERMAN_DOING = ["trug einen Korb", "fand einen Schlüssel", "hörte ein Lied", "suchte einen Freund", "erzählte eine Geschichte", "hielt einen Brief",
                "folgte dem Weg", "verlor einen Schuh", "las ein Buch", "wollte nach Hause", "sagte nichts", "trank Tee"]
GERMAN_MEETS = ["traf", "sah", "fand", "besuchte", "rief", "suchte", "trug", "grüßte", "umarmte"]
NOBODY = ["Nobody said a word", "Everything was quiet", "The wind was soft", "The road was long", "There was no one", "Nothing moved", "It was very still",
          "Then something wonderful happened", "The way was far", "That was the end", "And they lived happily ever after", "A new day was coming soon", "It had been a long journey",
          "Alles war still", "Niemand sagte ein Wort", "Der Wind war leise", "Der Weg war weit", "Es war ganz ruhig", "Once upon a time", "Es war einmal",
          "The air was cold", "The world was asleep", "Silence", "At last it was over", "Nobody knew why", "The song was over", "No one answered"]
STYLES = ["storybook illustration", "a children's book illustration", "soft light", "watercolour", "in the style of a picture book", "highly detailed",
          "warm colours", "cinematic", "a painting", "storybook", "digital art", "soft colours", "Bilderbuch", "illustration for a fairy tale"]
NAMES = ["Mila", "Finn", "Nora", "Otto", "Lena", "Ben", "Ida", "Max", "Ella", "Tom", "Ruby", "Leo", "Anna", "Karl", "Sam", "Luna", "Milo", "Emma", "Paul", "Rosa"]
# What is said aloud says nothing about the picture; who says it does.
SPEECHES = ["What are you looking for?", "Where are you going?", "You may come with me,", "Bring it back tomorrow,", "I do not know,", "A light that shines,",
            "Who are you?", "Come here,", "Do not be afraid,", "Good morning,", "Thank you,", "Nobody knows,", "We must hurry!", "It is not far,", "Help!",
            "I have never seen anything like it,", "You may borrow my light,", "Once there was nothing at all,", "Is it you?", "Wait for me!"]
GERMAN_SPEECHES = ["Was suchst du?", "Wohin gehst du?", "Komm mit mir,", "Ich weiß es nicht,", "Wer bist du?", "Hab keine Angst,", "Guten Morgen,", "Danke,",
                   "Wir müssen uns beeilen!", "Warte auf mich!", "Niemand weiß es,", "Bring es morgen zurück,"]
SAID = ["said", "said", "asked", "whispered", "called", "answered", "cried", "replied", "thought"]
GERMAN_SAID = ["sagte", "sagte", "fragte", "flüsterte", "rief", "antwortete", "dachte"]

# Somebody who isn't drawn, and what they do to something that is.
SOMEBODY = ["she", "he", "they", "we", "somebody", "everybody", "I", "you"]
DOES = ["found", "had", "saw", "held", "took", "lost", "carried", "wanted", "looked for", "bought", "heard", "brought", "followed", "watched", "read",
        "opened", "lit", "ate", "gave away", "dreamed of", "played with", "waited for", "knew", "remembered"]
GERMAN_SOMEBODY = ["sie", "er", "jemand", "jeder"]
GERMAN_DOES = ["fand", "hatte", "sah", "hielt", "nahm", "verlor", "trug", "suchte", "kaufte", "hörte", "brachte", "las", "öffnete", "liebte", "kannte"]
