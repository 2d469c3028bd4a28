extension LanguageWords {
  static let hungarian = LanguageWords(
    open: "dr prof id ifj özv szt ún pl ill kb stb. gr br",
    beforeNumber: "sz old fej köt",
    closing: "stb u sz i.sz i.e",
    starters:
      "a az egy ő ők én te mi ti ez és de vagy aztán majd amikor ha hol ki miért hogyan nem igen itt ott most volt",
    headings: "fejezet rész könyv felvonás",
    hasOrdinals: true)

  static let turkish = LanguageWords(
    open: "dr prof doç av sn bay hz örn yrd",
    beforeNumber: "no nu s sf cilt bkz",
    closing: "vb vs vd m.ö m.s",
    starters:
      "o bu şu ben sen biz siz onlar bir ve ama veya sonra ne kim nerede neden nasıl hayır evet burada orada şimdi",
    headings: "bölüm kısım kitap perde",
    hasOrdinals: true)

  static let greek = LanguageWords(
    open: "κ κος κα δρ καθ αγ π.χ δηλ βλ",
    beforeNumber: "αρ σ σελ κεφ τόμ",
    closing: "κ.λπ κλπ κ.ά μ.μ π.μ π.χ. μ.χ",
    starters:
      "ο η το οι τα ένας μια ένα αυτός αυτή αυτό εγώ εσύ και αλλά ή όταν αν πού ποιος τι γιατί πώς δεν",
    headings: "κεφάλαιο μέρος βιβλίο πράξη")

  static let arabic = LanguageWords(
    open: "د م أ",
    speech:
      "قال قالت قالوا فقال فقالت وقال وقالت صاح صاحت سأل سألت أجاب أجابت همس همست صرخ صرخت رد ردت")

  static let hebrew = LanguageWords(
    speech: "אמר אמרה אמרו שאל שאלה ענה ענתה צעק צעקה לחש לחשה קרא קראה")

  static let hindi = LanguageWords(
    open: "डॉ श्री प्रो",
    speech: "कहा कही बोला बोली बोले पूछा चिल्लाया चिल्लाई पुकारा फुसफुसाया")

  static let japanese = LanguageWords(
    speech: """
      言った 言いました 言う 叫んだ 叫びました 答えた 答えました 尋ねた 尋ねました たずねた 聞いた
      聞きました つぶやいた つぶやきました 呟いた ささやいた 囁いた 怒鳴った どなった 笑った
      話した 呼んだ 呼びました うなった 思った 声をかけた 声を上げた 声をあげた 返した
      """)

  static let chinese = LanguageWords(
    speech: """
      说 說 道 喊 问 問 叫 答 喊道 说道 問道 问道 叫道 答道 笑道 回答 低语 嚷 嚷道 吼 吼道 哭道 叹道
      大喊 大叫 催促 解释 解釋 想 说着
      """)

  static let korean = LanguageWords(
    speech: "말했다 말했어요 말했습니다 물었다 물었습니다 외쳤다 외쳤습니다 대답했다 소리쳤다 속삭였다 중얼거렸다")
}
