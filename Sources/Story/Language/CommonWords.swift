/// The words that tell languages of one script apart.
struct CommonWords: Sendable {
  let code: String
  let words: Set<String>
  /// Letters that the language has and most of its neighbours don't.
  let letters: Set<Unicode.Scalar>

  private init(_ code: String, _ words: String, letters: String = "") {
    self.code = code
    self.words = Set(words.split(separator: " ").map(String.init))
    self.letters = Set(letters.unicodeScalars)
  }

  static let latin: [CommonWords] = [
    CommonWords(
      "en",
      "i the and of to in was he she it his her that with had they you said not but at on for from were as is my there this have what be him an who will we are"
    ),
    CommonWords(
      "de",
      "der die das und ist nicht ein eine sie er es ich war den dem zu mit sich auf von im sagte wie hatte aber da des auch als wir so nur noch ihr einen einem einer kein keine ging kam sah",
      letters: "ßäöü"),
    CommonWords(
      "fr",
      "le la les et un une des du de il elle est dans qui que pas sur se ce était avec au son sa je nous vous dit mais plus par pour ne en lui à ces cette d'un l'on où",
      letters: "çêèœâîù"),
    CommonWords(
      "es",
      "el la los las y de que en un una no se su con por era lo al del le más como pero estaba dijo había muy sus es ya cuando yo ella él para esta este fue sin",
      letters: "ñ¿¡"),
    CommonWords(
      "it",
      "il lo la gli e di che un una non si è con per era nel della del al da le ma suo sua disse i alla più come aveva dei sul mi ti nella anche cosa sono questo",
      letters: "òìù"),
    CommonWords(
      "pt",
      "o a os as e de que um uma não se do da em com por era ao no na seu sua disse mais como mas foi estava ele ela para eu dos das muito tinha já quando",
      letters: "ãõ"),
    CommonWords(
      "nl",
      "de het een en van in is was niet dat die zij hij ze op te met zijn haar er maar zei aan ik om had naar als ook bij dan uit over je door kwam geen toen"
    ),
    CommonWords(
      "sv",
      "och att det som en ett är på den han hon var inte med av för till hade jag de om sade sig men så ut där när",
      letters: "åäö"),
    CommonWords(
      "da",
      "og at det som en et er på den han hun var ikke med af for til havde jeg de om sagde sig men så ud der da",
      letters: "åæø"),
    CommonWords(
      "no",
      "og at det som en et er på den han hun var ikke med av for til hadde jeg de om sa seg men så ut der da etter",
      letters: "åæø"),
    CommonWords(
      "fi",
      "ja on ei se hän oli että mutta kun niin ovat sen joka mitä minä sinä sanoi kuin nyt vain tämä",
      letters: "äö"),
    CommonWords(
      "pl",
      "i w na się nie do to że z jest był była o jak ale po za co tak go jej jego już przez powiedział dla od czy ten",
      letters: "łąęśżźćń"),
    CommonWords(
      "cs",
      "a se na v je to že s z byl byla do o jak ale po za co tak ho její jeho už řekl pro od ten která který jsem",
      letters: "řěů"),
    CommonWords(
      "sk",
      "a sa na v je to že s z bol bola do o ako ale po za čo tak ho jej jeho už povedal pre od ten ktorá ktorý som",
      letters: "ľĺŕôä"),
    CommonWords(
      "hu", "a az és egy nem hogy is volt de meg ez azt csak már mint mondta még ki el fel le van",
      letters: "őű"),
    CommonWords(
      "ro", "și în la de un o nu cu pe care era a fost mai din se că să lui ei dar spuse ca el ea",
      letters: "șțăî"),
    CommonWords(
      "tr", "ve bir bu da de ne için çok o gibi ama daha var mı dedi ile kadar sonra ben sen olan",
      letters: "ığş"),
    CommonWords(
      "hr",
      "i je u na se da nije što s za od su bio bila ali kao ne to koji koja rekao ga mu ona on",
      letters: "đćčšž"),
    CommonWords(
      "id",
      "dan yang di itu ke dari tidak ini dengan ia untuk akan pada sudah aku kata dia mereka ada"),
    CommonWords(
      "vi", "và của là không có một được người đã cho trong với những này khi đó anh cô",
      letters: "ơưđạảấầẩậ"),
  ]

  static let cyrillic: [CommonWords] = [
    CommonWords(
      "ru",
      "и в не на что он с как это она но его к по из за же было был сказал ее её от так все они",
      letters: "ыэё"),
    CommonWords(
      "bg", "и в не на че той да се от за по с това тя но му я ще са е си как го един казал каза"),
  ]

  static let devanagari: [CommonWords] = [
    CommonWords("hi", "है और के की का में ने से को था थी पर यह वह नहीं हैं एक कहा"),
    CommonWords("mr", "आहे आणि होता होती त्या तो ती हे नाही एक म्हणाला च्या मी ला", letters: "ळ"),
    CommonWords("ne", "छ र को मा ले थियो हो भन्यो यो"),
  ]
}
