package io.github.camellva.examples.springboot;

import io.github.camellva.examples.rig.MotionDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An extension that finds what moves. */
@SpringBootApplication
public class ExtensionApplication {

    public static void main(String[] args) {
        SpringApplication.run(ExtensionApplication.class, args);
    }

    @Bean
    MotionDetector detector() {
        return new MotionDetector();
    }
}
