# The inference. Built from what `./mvnw package` made; the context is the top of the tree.
ARG JRE_IMAGE=eclipse-temurin:17.0.13_11-jre-jammy

FROM $JRE_IMAGE AS trimmed
COPY local-stack/target/local-stack.jar /build/
COPY inference-service/target/quarkus-app/lib/ /app/lib/
RUN java -cp /build/local-stack.jar dev.bridle.localstack.image.NativeTrim /app/lib/main

FROM $JRE_IMAGE
# What changes least comes first: the libraries, then the service.
COPY --from=trimmed /app/lib/ /app/lib/
COPY deploy/docker/healthy /usr/local/bin/healthy

COPY inference-service/target/quarkus-app/quarkus/ /app/quarkus/
COPY inference-service/target/quarkus-app/app/ /app/app/
COPY inference-service/target/quarkus-app/quarkus-run.jar /app/

# State goes to the volume, scratch files to /tmp; nothing else is written.
RUN mkdir /data && chown 10001:10001 /data
VOLUME /data
USER 10001:10001
WORKDIR /data
ENV QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_LOG_CONSOLE_JSON_ENABLED=true \
    BRIDLE_INFERENCE_REPOSITORY_DIR=/data \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError"
EXPOSE 8082
HEALTHCHECK --interval=2s --timeout=3s --start-period=60s --retries=15 CMD ["healthy", "8082"]
ENTRYPOINT ["java", "-jar", "/app/quarkus-run.jar"]
