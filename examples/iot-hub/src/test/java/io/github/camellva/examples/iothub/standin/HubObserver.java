package io.github.camellva.examples.iothub.standin;

/** Is told what comes to a hub, by several threads; it must not wait for anything. */
public interface HubObserver {

    /** Before the message is acknowledged. */
    void received(ReceivedMessage message);

    /** A client did what the hub does not allow, and its connection is ended. */
    void refused(String clientId, String why);
}
