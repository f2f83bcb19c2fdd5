/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include "nucleo/model/directory.h"
#include "nucleo/model/names.h"
#include "nucleo/model/sector_guess.h"

struct named {
	const char *name;
	int sector;
};

static void assert_sectors(const struct named *named, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *guess = enum_name(&sector_names, sector_of_name(named[i].name));
		if (sector_of_name(named[i].name) != named[i].sector)
			fail_msg("%s: %s", named[i].name, guess);
	}
}

static void names_say_their_sector(void **state)
{
	static const struct named named[] = {
		{"Ministerio del Trabajo", SECTOR_PUBLIC},
		{"MINISTERIO DE ENERGÍA Y RECURSOS NATURALES", SECTOR_PUBLIC},
		{"Secretaría de Derechos Humanos", SECTOR_PUBLIC},
		{"Subsecretaría de Gobierno Abierto", SECTOR_PUBLIC},
		{"Servicio Nacional de Contratación Pública", SECTOR_PUBLIC},
		{"Consejo de Protección de Derechos", SECTOR_PUBLIC},
		{"Defensoría Pública", SECTOR_PUBLIC},
		{"Contraloría General del Estado", SECTOR_PUBLIC},
		{"Instituto Nacional de Patrimonio Cultural", SECTOR_PUBLIC},
		{"Agencia Nacional de Tránsito", SECTOR_PUBLIC},
		{"Empresa Pública Metropolitana de Agua", SECTOR_PUBLIC},
		{"Empresa Eléctrica del Sur S.A.", SECTOR_PRIVATE},
		{"Aguas de la Costa EP", SECTOR_PUBLIC},
		{"Aguas de la Costa E.P.", SECTOR_PUBLIC},
		{"Alcaldía de Cuenca", SECTOR_PUBLIC},
		{"Ilustre Municipio de Loja", SECTOR_PUBLIC},
		{"Prefectura de Manabí", SECTOR_PUBLIC},
		{"GADPR Nayón", SECTOR_PUBLIC},
		{"Gobierno Autónomo Descentralizado de Pastaza", SECTOR_PUBLIC},
		{"Asamblea Nacional", SECTOR_PUBLIC},
		{"Asamblea Ciudadana del Valle", SECTOR_CIVIL_SOCIETY},
		{"Corte Constitucional", SECTOR_PUBLIC},
		{"Procuraduría General del Estado", SECTOR_PUBLIC},
		{"Presidencia de la República", SECTOR_PUBLIC},
		{"Asociación de Municipalidades del Austro", SECTOR_PUBLIC},
		{"Consorcio de Gobiernos Autónomos Provinciales", SECTOR_PUBLIC},
		{"Corporación Nacional de Telecomunicaciones", SECTOR_PUBLIC},
		{"Fundación Diálogo", SECTOR_CIVIL_SOCIETY},
		{"Fundación Amigos del Ministerio", SECTOR_CIVIL_SOCIETY},
		{"Corporación Vecinos Despiertos", SECTOR_CIVIL_SOCIETY},
		{"Corporación Bananera C.A.", SECTOR_PRIVATE},
		{"Colectivo Ciudad Abierta", SECTOR_CIVIL_SOCIETY},
		{"Observatorio Legislativo", SECTOR_CIVIL_SOCIETY},
		{"Red de Maestros", SECTOR_CIVIL_SOCIETY},
		{"Asociación Civil Puerto Nuevo", SECTOR_CIVIL_SOCIETY},
		{"Universidad de los Hemisferios, a través de su Centro", SECTOR_ACADEMIA},
		{"Pontificia Universidad Católica", SECTOR_ACADEMIA},
		{"Escuela Superior Politécnica del Litoral", SECTOR_ACADEMIA},
		{"Escuela Politécnica Nacional", SECTOR_ACADEMIA},
		{"Instituto Superior Tecnológico Sucre", SECTOR_ACADEMIA},
		{"Facultad de Comunicación Social", SECTOR_ACADEMIA},
		{"FLACSO sede Ecuador", SECTOR_ACADEMIA},
		{"Cámara de Comercio de Quito", SECTOR_PRIVATE},
		{"Federación Nacional de Cámaras de Industrias", SECTOR_PRIVATE},
		{"Federación de Industrias", SECTOR_PRIVATE},
		{"Empresa de Encuestas Andina", SECTOR_PRIVATE},
		{"Compañía de Teatro y Datos", SECTOR_PRIVATE},
		{"Datos del Puerto Cía. Ltda.", SECTOR_PRIVATE},
	};
	(void)state;
	assert_sectors(named, ARRAY_COUNT(named));
}

/* A guess that is not sure is none. */
static void names_that_do_not_say_it(void **state)
{
	static const struct named named[] = {
		{"Colegio de Administradores Públicos de Loja", SECTOR_OTHER},
		{"Centro de Estudios de la Universidad", SECTOR_OTHER},
		{"Programa de las Naciones Unidas para el Desarrollo", SECTOR_OTHER},
		{"Agencia de Cooperación Alemana", SECTOR_OTHER},
		{"Banco Interamericano de Desarrollo", SECTOR_OTHER},
		{"Mesa de Datos del Municipio", SECTOR_OTHER},
		{"Grupo FARO", SECTOR_OTHER},
		{"Redes y Gadgets", SECTOR_OTHER},
		{"Municipalistas", SECTOR_OTHER},
		{"CAEPS", SECTOR_OTHER},
		{"S.A.", SECTOR_OTHER},
		{"ep", SECTOR_OTHER},
		{"de la", SECTOR_OTHER},
		{" , ", SECTOR_OTHER},
		{"", SECTOR_OTHER},
	};
	(void)state;
	assert_sectors(named, ARRAY_COUNT(named));
}

/* What is known for certain must not be guessed otherwise, only less. */
static void guesses_agree_with_the_directory(void **state)
{
	const struct directory_entry *entry;
	int guessed = 0;
	(void)state;
	for (int i = 0; (entry = directory_at(i)) != NULL; i++) {
		int sector = entry->name ? sector_of_name(entry->name) : SECTOR_OTHER;
		guessed += sector != SECTOR_OTHER;
		if (sector != SECTOR_OTHER && sector != entry->sector)
			fail_msg("%s", entry->name);
	}
	assert_true(guessed > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_say_their_sector),
		cmocka_unit_test(names_that_do_not_say_it),
		cmocka_unit_test(guesses_agree_with_the_directory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
