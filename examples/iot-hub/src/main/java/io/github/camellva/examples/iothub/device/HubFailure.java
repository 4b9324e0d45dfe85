package io.github.camellva.examples.iothub.device;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.eclipse.paho.client.mqttv3.MqttException;

/** What a failure of MQTT means when the other side is an IoT hub. */
final class HubFailure {

    private HubFailure() {
    }

    static String describe(MqttException failure, ConnectionString device) {
        String host = device.host();
        return switch (failure.getReasonCode()) {
            case MqttException.REASON_CODE_FAILED_AUTHENTICATION, MqttException.REASON_CODE_NOT_AUTHORIZED ->
                host + " refuses " + device.clientId() + " as not authorized: its key is wrong, it is disabled or unknown"
                    + " there, or this clock is wrong, which says " + Instant.now().truncatedTo(ChronoUnit.SECONDS);
            case MqttException.REASON_CODE_INVALID_CLIENT_ID -> host + " refuses the client id " + device.clientId();
            case MqttException.REASON_CODE_BROKER_UNAVAILABLE -> host + " is not available, or its quota is used up";
            case MqttException.REASON_CODE_CONNECTION_LOST ->
                host + " ended the connection: its token expired, " + device.clientId() + " connected a second time, or the"
                    + " hub's quota is used up" + cause(failure);
            case MqttException.REASON_CODE_CLIENT_TIMEOUT -> host + " does not answer";
            default -> host + " cannot be reached" + cause(failure);
        };
    }

    /** The innermost one says most: that a certificate is not trusted, or a connection refused. */
    private static String cause(MqttException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        if (cause == failure) {
            return ": " + failure.getMessage();
        }
        String message = cause.getMessage() == null ? "" : ", " + cause.getMessage();
        return ": " + cause.getClass().getSimpleName() + message;
    }
}
