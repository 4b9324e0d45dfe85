package io.github.camellva.examples.springboot;

import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application in this JVM, reachable on it only, and stopped when it is closed. */
final class RunningApplication implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private RunningApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @throws UsageException saying why it does not start */
    static RunningApplication start(int extensionPort, int serverPort) throws UsageException {
        SpringApplication application = new SpringApplication(ExtensionApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        // on Ctrl-C cameras are to stop before it
        application.setRegisterShutdownHook(false);
        try {
            return new RunningApplication(application.run(
                    "--extension.host=127.0.0.1", "--extension.port=" + extensionPort,
                    "--server.address=127.0.0.1", "--server.port=" + serverPort, "--logging.level.root=warn"));
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new UsageException("the application did not start: " + cause.getMessage());
        }
    }

    /** What cameras send to. */
    String extension() {
        return "lvagrpc:127.0.0.1:" + ((LvaGrpcConsumer) camel().getRoute(ExtensionRoute.ID).getConsumer()).getPort();
    }

    Actuator actuator() {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return new Actuator("http://127.0.0.1:" + port + "/actuator");
    }

    CamelContext camel() {
        return context.getBean(CamelContext.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
