package io.github.camellva.video;

/** Plays an imitated webcam in a process of its own, until it was lost and has come back. Arguments: options of the endpoint. */
public final class WebcamPlay {

    private WebcamPlay() {
    }

    public static void main(String[] args) throws Exception {
        try (Watched watched = Watched.start("lvavideo:webcam?" + args[0])) {
            watched.awaitFrames(10);
            System.out.println("plays " + watched.consumer().getStream() + ", " + watched.seen().get(0).body().length + " bytes");
            watched.awaitState("waiting to reconnect");
            System.out.println("lost " + watched.consumer().getLastError());
            watched.awaitFrames(10);
            watched.assertThatTimestampsGrow();
            System.out.println("back");
        }
        System.exit(0);
    }
}
