package seqmark.tasks.facts;

/** The sentences of stories; numbers stand for what differs. */
enum Sentence {
  HEADS("the 1 heads for the 2 ."),
  HURRIES("the 1 hurries to the 2 ."),
  COLLECTS("the 1 collects the 2 ."),
  GATHERS("the 1 gathers the 2 ."),
  LAYS("the 1 lays down the 2 ."),
  LIES("the 1 lies 3 of the 2 ."),
  WHERE_ACTOR("where does the 1 stay ?"),
  WHERE_THING("where does the 1 rest ?"),
  WHERE_BEFORE("from which place came the 1 to the 2 ?"),
  WHETHER("does the 1 stay at the 2 ?"),
  HOW_MANY("how many things does the 1 carry ?"),
  WHICH("which things does the 1 carry ?"),
  WHICH_WAY("which way leads from the 1 to the 2 ?");

  private final String template;

  Sentence(String template) {
    this.template = template;
  }

  /** Its words, of which some are the numbers of what differs. */
  String[] words() {
    return template.split(" ");
  }
}
