package io.github.camellva.examples.iothub.standin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.Subject;

import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;

/** Lets those in that the hub knows and that show a valid token, or the certificate that it knows of them. */
final class Admission implements ActiveMQSecurityManager5 {

    private static final String API_VERSION = "2021-04-12";
    private static final Pattern TOKEN = Pattern.compile("SharedAccessSignature sr=([^&]+)&sig=([^&]+)&se=([0-9]{1,18})");

    private final String hostName;
    private final HubObserver observer;
    private final Clock clock;
    private final Expiries expiries;
    private final Map<String, byte[]> keys = new ConcurrentHashMap<>();
    private final Map<String, String> thumbprints = new ConcurrentHashMap<>();

    Admission(String hostName, HubObserver observer, Clock clock, Expiries expiries) {
        this.hostName = hostName;
        this.observer = observer;
        this.clock = clock;
        this.expiries = expiries;
    }

    void register(String clientId, byte[] key) {
        keys.put(clientId, key);
    }

    /** @param thumbprint as {@link Thumbprint} makes it */
    void register(String clientId, String thumbprint) {
        thumbprints.put(clientId, thumbprint);
    }

    @Override
    public Subject authenticate(String user, String password, RemotingConnection connection, String securityDomain) {
        String clientId = connection.getClientID();
        try {
            checkUserName(clientId, user);
            if (thumbprints.containsKey(clientId)) {
                checkCertificate(clientId, password, connection);
            } else {
                expiries.endAt(connection, checkToken(clientId, password));
            }
            return new Subject(true, Set.of(new UserPrincipal(clientId)), Set.of(), Set.of());
        } catch (RefusedException e) {
            observer.refused(clientId, e.getMessage());
            return null;
        }
    }

    /** What a client may publish is for {@link PacketRules} to say. */
    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType checkType, String address) {
        return subject != null;
    }

    @Override
    public boolean validateUser(String user, String password) {
        throw new UnsupportedOperationException("authenticate is called in its place");
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
        throw new UnsupportedOperationException("authorize is called in its place");
    }

    private void checkUserName(String clientId, String user) throws RefusedException {
        String expected = hostName + "/" + clientId + "/?api-version=" + API_VERSION;
        if (!expected.equals(user)) {
            throw new RefusedException("the user name " + user + ", in place of " + expected);
        }
    }

    private void checkCertificate(String clientId, String password, RemotingConnection connection) throws RefusedException {
        if (password != null && !password.isEmpty()) {
            throw new RefusedException("a password beside a certificate");
        }
        if (!Thumbprint.ofPeer(connection).equals(thumbprints.get(clientId))) {
            throw new RefusedException("another certificate than that of " + clientId);
        }
    }

    /** Returns when it expires. */
    private Instant checkToken(String clientId, String password) throws RefusedException {
        byte[] key = keys.get(clientId);
        if (key == null) {
            throw new RefusedException("an unknown device or module");
        }
        Matcher token = TOKEN.matcher(password == null ? "" : password);
        if (!token.matches()) {
            throw new RefusedException("a password that is no shared access signature");
        }
        String resource = hostName + "/devices/" + clientId.replace("/", "/modules/");
        if (!resource.equals(URLDecoder.decode(token.group(1), StandardCharsets.UTF_8))) {
            throw new RefusedException("a token for " + token.group(1));
        }
        byte[] signature = URLDecoder.decode(token.group(2), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(signature, signatureOf(token.group(1) + "\n" + token.group(3), key))) {
            throw new RefusedException("a token that is signed with another key");
        }
        Instant expiry = instant(token.group(3));
        if (!expiry.isAfter(clock.instant())) {
            throw new RefusedException("a token that expired at " + expiry);
        }
        return expiry;
    }

    private static Instant instant(String seconds) throws RefusedException {
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (DateTimeException e) {
            throw new RefusedException("a token until the end of time");
        }
    }

    private static byte[] signatureOf(String text, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encode(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
