# Not Apache's image: the same broker from its Maven artifacts, for machines that can't pull images. It
# takes the settings that docker-compose.yml gives to the image that it stands in for.
ARG JRE_IMAGE=local/jre:17
FROM $JRE_IMAGE
COPY lib/ /opt/kafka/libs/
COPY start-kafka /usr/local/bin/
RUN mkdir -p /var/lib/kafka/data && chown -R 1000:1000 /var/lib/kafka
VOLUME /var/lib/kafka/data
USER 1000
ENTRYPOINT ["start-kafka"]
