package io.github.camellva.examples.scaleout;

/** What a gateway waits for before it answers a node. */
enum AnswerMode {

    /** What a worker found in the frame: the node gets it. */
    RESULT("result", "gateway", "with what workers find in them"),
    /** Kafka has stored the frame: the node gets an acknowledgement alone, as not processed; results go to their topic. */
    AT_ONCE("at-once", "gateway-at-once", "alone when Kafka has them");

    private final String label;
    private final String routes;
    private final String when;

    AnswerMode(String label, String routes, String when) {
        this.label = label;
        this.routes = routes;
        this.when = when;
    }

    String routes() {
        return "classpath:routes/" + routes + ".camel.yaml";
    }

    /** Frames are answered so. */
    String when() {
        return when;
    }

    /** What a gateway has done with the frames that it got. */
    String finished(long answered, long skipped, long failed) {
        long notProcessed = this == RESULT ? skipped + failed : failed;
        return (this == RESULT ? answered + " frames answered" : skipped + " frames stored")
               + (notProcessed == 0 ? "" : ", " + notProcessed + " not processed");
    }

    /** As the user writes it. */
    @Override
    public String toString() {
        return label;
    }
}
