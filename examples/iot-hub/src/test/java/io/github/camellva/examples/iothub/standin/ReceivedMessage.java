package io.github.camellva.examples.iothub.standin;

import java.util.Map;

/**
 * A message as a hub stores it.
 *
 * @param clientId   device, or device/module
 * @param properties application's by their names, the system's as they are named in a topic: {@code $.mid} and others
 * @param bytes      of body and properties as they came
 */
public record ReceivedMessage(String clientId, Map<String, String> properties, String body, int bytes) {
}
