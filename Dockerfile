# Each step is a make target that CI runs too. The last image holds one static program and nothing else of ours.
FROM golang:1.26-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN make build

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --create-home enlace
COPY --from=build /src/bin/enlace /usr/local/bin/enlace
USER enlace
ENV ENLACE_DATA_DIR=/data
VOLUME /data
EXPOSE 8080 1812/udp
ENTRYPOINT ["enlace"]
CMD ["run"]
