// The library of live shows. From the inside out:
//
//   Director    what to show now, from what is typed and told     (pure)
//   Show        how the picture moves there                        (pure)
//   Stage       one picture after another, by a crew               (pure but for the crew)
//   Performance the running show, safe to call from any thread
//   outlets     Recorder, Server, TerminalScreen: each on a thread of its own, the newest
//               picture only, so that none of them can hold up the show or another
//
// It knows neither the model nor films: whoever starts a show brings a crew and outlets.
