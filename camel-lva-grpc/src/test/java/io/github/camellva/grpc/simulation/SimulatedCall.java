package io.github.camellva.grpc.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.github.camellva.grpc.stream.AnswerOrder;
import io.github.camellva.grpc.stream.ExtensionCall;
import io.github.camellva.grpc.stream.ExtensionSession;
import io.github.camellva.grpc.stream.NodeCall;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.grpc.stream.Overflow;
import io.github.camellva.grpc.wire.Received;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;

/**
 * One call and the network under it. Each direction keeps its order, with delays; messages wait until they are asked for. What
 * both parties say is held against the rules of the protocol.
 */
final class SimulatedCall {

    private final World world;
    private final Chances chances;
    private final String name;
    private final SimulatedRoute route;
    private final int window;

    private NodeSession node;
    private ExtensionSession extension;
    private final boolean sharedMemory;

    // from the node to the extension
    private final Deque<MediaStreamMessage> arrived = new ArrayDeque<>();
    private long lastFromNode;
    private long lastArrival;
    private int underWay;
    private int requested;
    private boolean delivering;
    private boolean halfClosed;
    private boolean halfCloseArrived;
    private boolean halfCloseTold;

    // from the extension to the node
    private long lastFromExtension;
    private long lastArrivalAtNode;
    private int answersUnderWay;
    private boolean descriptorArrived;

    /** Samples that the extension has got and not acknowledged, in the order they came. */
    private final List<Long> owed = new ArrayList<>();
    private boolean forced;
    private boolean closed;
    private boolean nodeEnded;
    private boolean extensionEnded;

    SimulatedCall(World world, Chances chances, String name, SimulatedRoute route, boolean sharedMemory) {
        this.world = world;
        this.chances = chances;
        this.name = name;
        this.route = route;
        this.sharedMemory = sharedMemory;
        this.window = 1 + world.random().nextInt(6);
    }

    final NodeCall nodeEnd = new NodeCall() {

        @Override
        public void send(MediaStreamMessage message) {
            sendToExtension(message);
        }

        @Override
        public void halfClose() {
            world.require(!halfClosed, () -> name + ": the node half-closed twice");
            world.require(node.report("").samples() == lastFromNode - 1, () -> name + ": the node half-closed before all samples were sent");
            halfClosed = true;
            arriveAtExtension("the node's half-close", () -> halfCloseArrived = true);
        }

        @Override
        public boolean isReady() {
            return underWay + arrived.size() <= window;
        }

        @Override
        public void cancel(String why) {
            note("the node cancels: " + why);
            endBoth(Status.CANCELLED.withDescription(why));
        }
    };

    final ExtensionCall extensionEnd = new ExtensionCall() {

        @Override
        public void send(MediaStreamMessage message) {
            sendToNode(message);
        }

        @Override
        public void request(int messages) {
            world.require(!closed, () -> name + ": the extension asked for messages after it had closed");
            world.require(messages > 0, () -> name + ": the extension asked for " + messages + " messages");
            requested += messages;
            deliverSoon();
        }

        @Override
        public boolean isReady() {
            return answersUnderWay <= window;
        }

        @Override
        public void close(Status status) {
            world.require(!closed, () -> name + ": the extension closed twice");
            world.require(owed.isEmpty() || forced && sharedMemory || extensionEnded,
                    () -> name + ": the extension closed with " + status + " and owes acknowledgements of " + owed);
            closed = true;
            note("the extension closes: " + status);
            arriveAtNode("the extension's end", () -> endNode(status));
            world.after(world.upTo(chances.network()), "the extension's call is over", SimulatedCall.this::endExtension);
        }
    };

    void connect(NodeSession nodeSession, ExtensionSession extensionSession) {
        node = nodeSession;
        extension = extensionSession;
    }

    NodeSession node() {
        return node;
    }

    ExtensionSession extension() {
        return extension;
    }

    /** The extension ends the session in good order. */
    void stop(Status status) {
        note("the extension stops the session");
        extension.stop(status);
    }

    /** The extension may leave acknowledgements of shared memory out from here on. */
    void force() {
        forced = true;
    }

    boolean isOver() {
        return nodeEnded && extensionEnded;
    }

    /** The connection is lost, for both at about the same time. */
    void reset() {
        note("the connection is lost");
        endBoth(Status.UNAVAILABLE.withDescription("io exception"));
    }

    /** After every step. */
    void check() {
        if (extension == null) {
            return;
        }
        world.require(extension.inRoute() <= chances.maxInFlight(),
                () -> name + ": " + extension.inRoute() + " frames in the route, of at most " + chances.maxInFlight());
        world.require(node.inFlight() <= chances.nodeMaxInFlight(),
                () -> name + ": " + node.inFlight() + " samples in flight, of at most " + chances.nodeMaxInFlight());
        if (chances.overflow() == Overflow.BLOCK) {
            world.require(closed || extensionEnded || requested + owed.size() <= Math.max(1, chances.maxInFlight()),
                    () -> name + ": " + requested + " messages asked for and " + owed.size() + " samples unanswered, of at most "
                                                                                          + chances.maxInFlight());
        }
    }

    /** When nothing happens any more, though both parties are up and nothing goes wrong. */
    void checkQuiet() {
        if (nodeEnded || extensionEnded || closed) {
            return;
        }
        world.require(arrived.isEmpty(), () -> name + ": " + arrived.size() + " messages are never asked for");
        world.require(owed.isEmpty(), () -> name + ": the extension never acknowledges " + owed);
        world.require(node.inFlight() == 0, () -> name + ": the node waits for ever for " + node.inFlight() + " answers");
        world.require(requested > 0, () -> name + ": the extension never asks for another message");
    }

    private void sendToExtension(MediaStreamMessage message) {
        if (nodeEnded) {
            return;
        }
        world.require(!halfClosed, () -> name + ": the node sent after its half-close");
        world.require(message.getSequenceNumber() == lastFromNode + 1,
                () -> name + ": the node sent number " + message.getSequenceNumber() + " after " + lastFromNode);
        world.require(message.hasMediaStreamDescriptor() == (lastFromNode == 0), () -> name + ": the descriptor comes first, and once");
        world.require(message.hasMediaStreamDescriptor() || descriptorArrived,
                () -> name + ": the node sent a sample before the extension had answered its descriptor");
        lastFromNode++;
        underWay++;
        arriveAtExtension("message " + lastFromNode + " from the node", () -> {
            underWay--;
            arrived.add(message);
        });
    }

    private void arriveAtExtension(String what, Runnable arrival) {
        Duration delay = inOrder(lastArrival);
        lastArrival = world.nanoTime() + delay.toNanos();
        world.after(delay, world.isTraced() ? name + ": arrives: " + what : "", () -> {
            arrival.run();
            deliverSoon();
        });
    }

    /** Later than what was sent before. */
    private Duration inOrder(long last) {
        long delay = world.upTo(chances.network()).toNanos();
        return Duration.ofNanos(Math.max(delay, last + 1 - world.nanoTime()));
    }

    private void deliverSoon() {
        if (!delivering && mayDeliver()) {
            delivering = true;
            world.after(Duration.ZERO, world.isTraced() ? name + ": delivery to the extension" : "", this::deliver);
        }
    }

    private boolean mayDeliver() {
        boolean next = requested > 0 && !arrived.isEmpty();
        boolean end = arrived.isEmpty() && halfCloseArrived && !halfCloseTold;
        return !extensionEnded && extension != null && (next || end);
    }

    private void deliver() {
        delivering = false;
        if (!mayDeliver()) {
            return;
        }
        if (arrived.isEmpty()) {
            halfCloseTold = true;
            extension.onHalfClose();
            return;
        }
        boolean wasReady = nodeEnd.isReady();
        MediaStreamMessage message = arrived.poll();
        requested--;
        if (message.hasMediaSample() && !closed) {
            owed.add(message.getSequenceNumber());
        }
        extension.onMessage(Received.of(message));
        if (!wasReady && nodeEnd.isReady() && !nodeEnded) {
            world.after(Duration.ZERO, "the node may send again", () -> {
                if (!nodeEnded) {
                    node.onReady();
                }
            });
        }
        deliverSoon();
    }

    private void sendToNode(MediaStreamMessage message) {
        world.require(!closed, () -> name + ": the extension sent after it had closed");
        world.require(message.getSequenceNumber() == lastFromExtension + 1,
                () -> name + ": the extension sent number " + message.getSequenceNumber() + " after " + lastFromExtension);
        lastFromExtension++;
        long ack = message.getAckSequenceNumber();
        if (lastFromExtension == 1) {
            world.require(message.hasMediaStreamDescriptor() && ack == 1, () -> name + ": the first reply must answer the descriptor");
        } else {
            acknowledge(ack);
        }
        if (extensionEnded) {
            return;
        }
        answersUnderWay++;
        boolean lost = world.fault(chances.answerLost());
        boolean doubled = world.fault(chances.answerLost());
        arriveAtNode(
                world.isTraced()
                        ? "acknowledgement of " + ack + (lost ? ", lost" : "") + (doubled ? ", doubled" : "") : "",
                () -> {
                    answered();
                    if (!lost) {
                        toNode(message);
                    }
                    if (doubled) {
                        toNode(message);
                    }
                });
    }

    private void acknowledge(long number) {
        world.require(owed.contains(number), () -> name + ": the extension acknowledged " + number + " and owes " + owed);
        world.require(chances.order() == AnswerOrder.COMPLETION || owed.get(0) == number,
                () -> name + ": the extension acknowledged " + number + " before " + owed.get(0));
        world.require(!sharedMemory || !route.reads(extension.id(), number),
                () -> name + ": the extension acknowledged " + number + ", whose region its route still reads");
        owed.remove(number);
    }

    private void toNode(MediaStreamMessage message) {
        if (!nodeEnded) {
            // before the session sends what it has held back
            descriptorArrived |= message.hasMediaStreamDescriptor();
            node.onMessage(message);
        }
    }

    private void answered() {
        boolean wasReady = extensionEnd.isReady();
        answersUnderWay--;
        if (!wasReady && extensionEnd.isReady() && !extensionEnded) {
            world.after(Duration.ZERO, "the extension may send again", () -> {
                if (!extensionEnded) {
                    extension.onReady();
                }
            });
        }
    }

    private void arriveAtNode(String what, Runnable arrival) {
        Duration delay = inOrder(lastArrivalAtNode);
        lastArrivalAtNode = world.nanoTime() + delay.toNanos();
        world.after(delay, world.isTraced() ? name + ": arrives: " + what : "", arrival);
    }

    private void endBoth(Status status) {
        world.after(world.upTo(chances.network()), "the node's call is over", () -> endNode(status));
        world.after(world.upTo(chances.network()), "the extension's call is over", this::endExtension);
    }

    private void endNode(Status status) {
        if (!nodeEnded) {
            nodeEnded = true;
            note("ends for the node: " + status);
            node.onEnd(status);
        }
    }

    private void endExtension() {
        if (!extensionEnded) {
            extensionEnded = true;
            if (extension != null) {
                extension.onCallEnded();
            }
        }
    }

    private void note(String what) {
        if (world.isTraced()) {
            world.note(name + ": " + what);
        }
    }
}
