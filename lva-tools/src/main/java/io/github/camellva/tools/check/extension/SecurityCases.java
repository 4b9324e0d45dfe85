package io.github.camellva.tools.check.extension;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.github.camellva.grpc.wire.Credentials;
import io.github.camellva.tools.check.RuleBroken;
import io.grpc.Metadata;
import io.grpc.Status;

/** Credentials and TLS. */
final class SecurityCases {

    private SecurityCases() {
    }

    static void addTo(Catalogue catalogue) {
        catalogue.add("AU-1.1", "takes the credentials that it was given", extension -> extension.session().open(), Need.CREDENTIALS);
        catalogue.add("AU-2.1", "refuses a node without credentials with UNAUTHENTICATED",
                extension -> expectRefusal(extension, new Metadata()), Need.CREDENTIALS);
        catalogue.add("AU-2.2", "refuses another password",
                extension -> expectRefusal(extension, with("Basic " + base64("nobody:guesses this"))), Need.CREDENTIALS);
        catalogue.add("AU-2.3", "refuses credentials that are not Basic",
                extension -> expectRefusal(extension, with("Bearer " + base64("nobody"))), Need.CREDENTIALS);
        catalogue.add("AU-2.4", "refuses credentials that are not Base64",
                extension -> expectRefusal(extension, with("Basic *")), Need.CREDENTIALS);
        catalogue.add("AU-2.5", "refuses credentials that come twice", extension -> {
            Metadata twice = extension.target().peer().headers();
            twice.put(Credentials.HEADER, "Basic " + base64("nobody:"));
            expectRefusal(extension, twice);
        }, Need.CREDENTIALS);
        catalogue.add("AU-2.6", "refuses before it has read a message", extension -> {
            Conversation node = extension.session(new Metadata());
            node.expectEnd(Status.Code.UNAUTHENTICATED);
        }, Need.CREDENTIALS);
        catalogue.add("TL-1.1", "opens a session over TLS, with a certificate that names its host", extension -> extension.session().open(),
                Need.TLS);
        catalogue.add("TL-1.2", "does not open a session in plain text where it speaks TLS", extension -> {
            Conversation node = extension.sessionInPlainText();
            node.send(extension.descriptor());
            node.awaitAnything();
            if (!node.hasEnded()) {
                throw new RuleBroken("the descriptor was answered in plain text");
            }
        }, Need.TLS);
        catalogue.add("TL-1.3", "takes many samples over TLS", extension -> {
            Conversation node = extension.session().open();
            node.expectAnswers(node.sendSamples(50));
        }, Need.TLS);
    }

    private static void expectRefusal(Extension extension, Metadata headers) {
        Conversation node = extension.session(headers);
        node.send(extension.descriptor());
        node.expectEnd(Status.Code.UNAUTHENTICATED);
    }

    private static Metadata with(String value) {
        Metadata headers = new Metadata();
        headers.put(Credentials.HEADER, value);
        return headers;
    }

    private static String base64(String plain) {
        return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
}
