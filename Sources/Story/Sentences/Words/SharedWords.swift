extension LanguageWords {
  /// What all languages use.
  static let shared = LanguageWords(
    open: """
      dr prof hr fru skt sra srta srtas sig dott avv mlle ph.d e.g i.e vs viz cf al ca approx hon rev fr sr. mme mlle mgr lic ing dipl
      """,
    beforeNumber: """
      no nr nos n° nº pp p vol fig abb tab art abs cap kap op ch sec lib bd § tel ext rs
      """,
    closing: """
      etc co inc ltd corp jr sr bros llc plc jan feb mar apr jun jul aug sep sept oct nov dec
      min max km cm kg est dept univ
      """)
}
